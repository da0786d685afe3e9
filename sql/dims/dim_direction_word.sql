-- title: 增减用词 | Words that say which way a number moved
-- grain: 一个用词 | one word
-- unite: once
-- note: 取自 pipelines/reference/direction_words.csv | taken from pipelines/reference/direction_words.csv
-- column keyword: 用词 | Word
-- column direction: 方向：increase、decrease、unchanged | increase, decrease or unchanged

CREATE TABLE core.dim_direction_word (
    keyword VARCHAR PRIMARY KEY,
    direction VARCHAR NOT NULL CHECK (direction IN ('increase', 'decrease', 'unchanged'))
);

INSERT INTO core.dim_direction_word
SELECT keyword, direction FROM stage.reference_direction_words ORDER BY keyword;
