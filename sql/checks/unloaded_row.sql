-- title: 载入包中未进入事实表的行 | Rows of the load package that reached no fact
-- severity: error
-- hint: 载入包中的行指向没有登记的文件：重新读取该文件 | rows of the load package name a document that is not registered: read that file again

SELECT '' AS document_key, '' AS place,
       s.name || ': ' || s.staged || ' rows were staged, ' || s.loaded || ' were loaded' AS message
FROM (SELECT 'figure' AS name, (SELECT count(*) FROM stage.figure) AS staged,
        (SELECT count(*) FROM core.fact_amount) AS loaded
      UNION ALL SELECT 'claim', (SELECT count(*) FROM stage.claim), (SELECT count(*) FROM core.fact_claim)
      UNION ALL SELECT 'indicator', (SELECT count(*) FROM stage.indicator), (SELECT count(*) FROM core.fact_indicator)
      UNION ALL SELECT 'report_table', (SELECT count(*) FROM stage.report_table),
          (SELECT count(*) FROM core.fact_report_table)) s
WHERE s.staged <> s.loaded
