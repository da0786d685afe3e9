-- What reconciliation found in the small corpus, given to every copy. `seed` is its published warehouse, `copied.document_copy`
-- says which document became which.

INSERT INTO core.fact_finding
SELECT f.* REPLACE (c.document_key AS document_key, c.disclosure_key AS disclosure_key)
FROM seed.core.fact_finding f
JOIN copied.document_copy c ON c.old_key = f.document_key
WHERE c.is_current;

INSERT INTO audit.check_evaluation
WITH disclosures AS (
    SELECT d.disclosure_key AS old_key, c.copy, min(c.disclosure_key) AS disclosure_key,
           min(c.document_key) AS document_key
    FROM seed.core.dim_document d
    JOIN copied.document_copy c ON c.old_key = d.document_key
    WHERE c.is_current
    GROUP BY d.disclosure_key, c.copy)
SELECT e.* REPLACE (d.disclosure_key AS disclosure_key, d.document_key AS document_key)
FROM seed.audit.check_evaluation e
JOIN disclosures d ON d.old_key = e.disclosure_key;

INSERT INTO core.claim_link
SELECT l.* REPLACE (c.document_key || substr(l.claim_key, length(l.document_key) + 1) AS claim_key,
           c.document_key AS document_key,
                    c.disclosure_key AS disclosure_key, d.department_key AS department_key,
                    d.fiscal_year AS fiscal_year,
                    coalesce(f.document_key, '') AS figure_document_key)
FROM seed.core.claim_link l
JOIN copied.document_copy c ON c.old_key = l.document_key AND c.is_current
JOIN core.dim_document d ON d.document_key = c.document_key
LEFT JOIN copied.document_copy f ON f.old_key = l.figure_document_key AND f.copy = c.copy AND f.is_current;
