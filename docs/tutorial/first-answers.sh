#!/usr/bin/env bash
# From disclosures to the first answer, the first traced number and the first extract.
# Usage: docs/tutorial/first-answers.sh [WAREHOUSE [FOLDER]]
# Without a warehouse it builds one from sample_data/. The tests run this script, so it always works.
set -euo pipefail
juesuan="${JUESUAN:-juesuan}"
out="${2:-$(mktemp -d)}"

if [ -n "${1:-}" ]; then
  export JUESUAN_WAREHOUSE="$1"
else
  export JUESUAN_WAREHOUSE="$out/juesuan.duckdb"
  "$juesuan" run --source sample_data/disclosures --warehouse "$JUESUAN_WAREHOUSE" --extracts "$out/run"
fi

echo "== 1. How fresh and complete is it?"
"$juesuan" status

echo "== 2. What can be asked?"
"$juesuan" query --list

echo "== 3. The first answer"
"$juesuan" query "SELECT department_name, fiscal_year, count(*) AS figures
                  FROM core.fact_amount JOIN core.dim_department USING (department_key)
                  WHERE is_current GROUP BY ALL ORDER BY ALL"

echo "== 4. A question with a parameter"
"$juesuan" query -p year=2023 "SELECT report_table, row_label, header_path, amount_yuan FROM core.fact_amount
                               WHERE fiscal_year = \$year AND row_role = 'total' AND is_current LIMIT 5"

echo "== 5. Where does a number come from?"
figure="$("$juesuan" query --format csv "SELECT figure_key FROM core.fact_amount WHERE row_role = 'total' ORDER BY 1 LIMIT 1" | tail -1)"
"$juesuan" explain "$figure"

echo "== 6. The same as a file for Excel, a file for an engine, and a description for machines"
"$juesuan" export figures --excel --headers zh --unit 万元 --out "$out/excel"
"$juesuan" export figures --format parquet --partition year --out "$out/lake"
"$juesuan" export figures claims findings --out "$out/open-data"
ls "$out/open-data"
echo "== done: $out"
