-- title: 没有文件的事实 | Facts without a document
-- severity: error
-- hint: 重建仓库：事实必须能追溯到文件 | rebuild the warehouse: every fact must lead back to its document

SELECT f.document_key, f.place, 'a row of ' || f.fact || ' has no document' AS message
FROM (SELECT document_key, 'fact_amount' AS fact, min(sheet || '!' || cell) AS place FROM core.fact_amount
        GROUP BY document_key
      UNION ALL SELECT document_key, 'fact_claim', 'line ' || min(line_number) FROM core.fact_claim
          GROUP BY document_key
      UNION ALL SELECT document_key, 'fact_indicator', 'line ' || min(line_number) FROM core.fact_indicator
          GROUP BY document_key
      UNION ALL SELECT document_key, 'fact_reason', 'line ' || min(line_number) FROM core.fact_reason
          GROUP BY document_key
      UNION ALL SELECT document_key, 'fact_report_table', min(sheet) FROM core.fact_report_table
          GROUP BY document_key) f
LEFT JOIN core.dim_document d USING (document_key)
WHERE d.document_key IS NULL
