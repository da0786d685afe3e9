"""spark/*.sql is what sql/marts gives, and what does not travel is told."""

import translate


def test_nothing_is_stale_and_every_mart_travels():
    assert translate.check() == []


def test_a_stale_and_a_left_over_view_are_told(tmp_path, monkeypatch):
    views = {path.name: path.read_text(encoding="utf-8") for path in translate.TARGET.glob("*.sql")}
    monkeypatch.setattr(translate, "TARGET", tmp_path)
    for name, text in views.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "v_rank.sql").write_text("SELECT 1", encoding="utf-8")
    (tmp_path / "v_gone.sql").write_text("SELECT 1", encoding="utf-8")
    assert translate.check() == ["spark/v_gone.sql is stale", "spark/v_rank.sql is stale"]


def test_what_does_not_travel_is_told():
    made = "CREATE VIEW mart.v_x AS SELECT {} FROM core.fact_amount a"
    for text, why in [
        ("amount_yuan / 3", "core.quotient"),
        ("mode(unit)", "most frequent"),
        ("arg_max(row_name, cell)", "order by a key"),
        ("any_value(unit)", "min or max"),
        ("max(value) AS most, coalesce(min(value), most)", "a query below"),
        ("(SELECT string_agg(c.said, ' ') FROM core.fact_claim c WHERE c.document_key = a.document_key)", "join it instead"),
    ]:
        told = translate.does_not_travel(made.format(text))
        assert len(told) == 1 and why in told[0], (text, told)
    assert translate.does_not_travel(made.format("sum(amount_yuan) * 2, max(unit) AS unit, min(unit)")) == []
    assert translate.unknown_functions("SELECT list_cosine(a, b) FROM t") == ["list_cosine"]
    assert translate.unknown_functions("SELECT coalesce(a, b) FROM t") == []
