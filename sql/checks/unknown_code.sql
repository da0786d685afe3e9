-- title: 事实中未登记的代码 | Codes in facts that no reference list holds
-- severity: warning
-- cause: reference
-- hint: 在 pipelines/reference 的相应清单中加一行 | add a row to the list under pipelines/reference
-- note: 无人认识的栏下的数字没有代码，由 extract.unknown_column 说明 | a figure under a column that no layout knows has no codes: extract.unknown_column speaks of it

SELECT min(document_key) AS document_key, '' AS place, kind || ' "' || code || '" is in no reference list' AS message
FROM (SELECT document_key, 'report table' AS kind, report_table AS code FROM core.fact_amount
      WHERE report_table NOT IN (SELECT report_table FROM core.dim_report_table)
      UNION ALL SELECT document_key, 'component', component FROM core.fact_amount
          WHERE component NOT IN (SELECT component FROM core.dim_component)
      UNION ALL SELECT document_key, 'phase', phase FROM core.fact_amount
          WHERE phase NOT IN (SELECT phase FROM core.dim_phase)
      UNION ALL SELECT document_key, 'fund', fund FROM core.fact_amount
          WHERE fund NOT IN (SELECT fund FROM core.dim_fund)
      UNION ALL SELECT document_key, 'flow', flow FROM core.fact_amount
          WHERE flow NOT IN (SELECT flow FROM core.dim_flow)
      UNION ALL SELECT document_key, 'line', line FROM core.fact_amount
          WHERE line NOT IN (SELECT line FROM core.dim_line)
      UNION ALL SELECT document_key, 'line', line FROM core.fact_claim
          WHERE line NOT IN (SELECT line FROM core.dim_line)
      UNION ALL SELECT document_key, 'measure', measure FROM core.fact_claim
          WHERE measure NOT IN (SELECT measure FROM core.dim_measure))
WHERE code <> ''
GROUP BY kind, code
