-- title: 原因主题 | Themes of stated reasons
-- grain: 一个关键词 | one keyword
-- unite: once
-- note: 取自 pipelines/reference/reason_themes.csv | taken from pipelines/reference/reason_themes.csv
-- column keyword: 关键词 | Keyword
-- column theme: 主题 | Theme

CREATE TABLE core.dim_reason_theme (
    keyword VARCHAR PRIMARY KEY,
    theme VARCHAR NOT NULL
);

INSERT INTO core.dim_reason_theme
SELECT keyword, theme FROM stage.reference_reason_themes ORDER BY keyword;
