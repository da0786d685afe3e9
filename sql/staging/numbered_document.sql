-- title: 已编号的文件 | Documents that have a number
-- grain: 一个文件 | one document
-- note: 更新已发布的仓库时，原有文件保留原来的序号；重建时为空 | an update of the published warehouse keeps the numbers of its documents; empty in a rebuild

CREATE TABLE stage.numbered_document (
    document_key VARCHAR NOT NULL,
    document_number UINTEGER NOT NULL
);
