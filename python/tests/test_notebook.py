"""The notebook runs from its first cell to its last, asks what docs/questions.md asks, and draws."""

import csv
import importlib.util
import unittest
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
NOTEBOOK = CHECKOUT / "python/notebooks/five-questions.ipynb"


@unittest.skipUnless(importlib.util.find_spec("nbclient") and importlib.util.find_spec("altair"), "needs nbclient and altair")
class FiveQuestions(unittest.TestCase):
    def test_five_answers_each_with_a_chart(self):
        import nbformat
        from nbclient import NotebookClient

        notebook = nbformat.read(NOTEBOOK, as_version=4)
        with (CHECKOUT / "sql/questions.csv").open(encoding="utf-8") as file:
            asked = {row["sql"] for row in csv.DictReader(file)}
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        statements = [cell.source.split('"""')[1].strip() for cell in code if cell.source.startswith("answer = ")]
        self.assertEqual(len(statements), 5)
        self.assertEqual([statement for statement in statements if statement not in asked], [])
        self.assertFalse(any(cell.outputs for cell in code), "the notebook is kept without its outputs")
        NotebookClient(notebook, timeout=300).execute()
        shown = [output.get("data", {}).get("text/html", "") for cell in code for output in cell.outputs]
        charts = [html for html in shown if "vegaEmbed" in html]
        self.assertEqual(len(charts), 5)
        self.assertEqual([chart for chart in charts if '"values": [{' not in chart], [], "every chart draws rows")


if __name__ == "__main__":
    unittest.main()
