-- title: 原有文件的序号 | Numbers of the documents that were there
-- note: 载入之后、重做维度之前运行 | runs after loading, before dimensions are made anew

INSERT INTO stage.numbered_document SELECT document_key, document_number FROM stage.former_document;
