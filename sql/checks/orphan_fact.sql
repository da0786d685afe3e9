-- title: 没有文件的事实 | Facts without a document
-- severity: error
-- hint: 重建仓库：事实必须能追溯到文件 | rebuild the warehouse: every fact must lead back to its document

SELECT document_key, place, 'a row of ' || fact || ' has no document' AS message
FROM (SELECT document_key, 'fact_amount' AS fact, min(sheet || '!' || cell) AS place
      FROM core.fact_amount ANTI JOIN core.dim_document USING (document_key) GROUP BY document_key
      UNION ALL SELECT document_key, 'fact_claim', 'line ' || min(line_number)
          FROM core.fact_claim ANTI JOIN core.dim_document USING (document_key) GROUP BY document_key
      UNION ALL SELECT document_key, 'fact_indicator', 'line ' || min(line_number)
          FROM core.fact_indicator ANTI JOIN core.dim_document USING (document_key) GROUP BY document_key
      UNION ALL SELECT document_key, 'fact_reason', 'line ' || min(line_number)
          FROM core.fact_reason ANTI JOIN core.dim_document USING (document_key) GROUP BY document_key
      UNION ALL SELECT document_key, 'fact_report_table', min(sheet)
          FROM core.fact_report_table ANTI JOIN core.dim_document USING (document_key) GROUP BY document_key)
