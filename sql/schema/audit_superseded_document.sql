-- title: 被取代的文件 | Documents superseded
-- grain: 一个文件在一次运行中被后来的版次取代 | one document that a later version superseded, in one run
-- note: 文件仍在来源中，其数字仍可查询 | the document is still in the sources, and its numbers are still held
-- column run_id: 使其被取代的运行 | Run that superseded it
-- column superseded_before: 此前已被取代的报表代码，以竖线连接 | Report tables that had been replaced before, joined by a vertical bar
-- column was_text_current: 此前文字为现行 | Its text was current before

CREATE TABLE audit.superseded_document (
    run_id VARCHAR NOT NULL,
    document_key VARCHAR NOT NULL,
    superseded_before VARCHAR NOT NULL,
    was_text_current BOOLEAN NOT NULL,
    PRIMARY KEY (run_id, document_key)
);
