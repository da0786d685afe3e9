-- title: 说几个就列几个 | As many names as the count says
-- grain: 一处先说个数、再列名称的文字 | one place that states a count and then lists the names
-- note: 只看“内设五个科室分别为：甲、乙、丙”一类机构名单；名单以“等”结尾的不算 | only lists of bodies such as 内设五个科室分别为：甲、乙、丙; a list that ends in 等 is open

WITH found AS (
    SELECT disclosure_key, document_key, line_number,
           regexp_extract(text,
               '(?:内设|下设|设有|设|包括|包含)(\d{1,2}|[一二三四五六七八九十]{1,2})个(?:内设|职能)?'
                       || '(?:科室|处室|机构|部门|科|处|股室)[,:]?(?:分别为|分别是|即|包括|为)[:]?([^。;]{6,300})', ['count', 'names']) AS list
    FROM core.fact_paragraph
    WHERE is_current AND regexp_matches(text, '个(?:内设|职能)?(?:科室|处室|机构|部门|科|处|股室)[,:]?(?:分别为|分别是|即|包括|为)')),
counted AS (
    SELECT disclosure_key, document_key, line_number, list.names AS names,
           CASE WHEN regexp_matches(list.count, '^\d+$') THEN TRY_CAST(list.count AS INTEGER)
                ELSE list_position(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四', '十五',
                        '十六', '十七', '十八', '十九', '二十'], list.count) END AS stated,
           regexp_replace(regexp_replace(list.names, '\([^)]*\)', '', 'g'), '\s.*$', '') AS said
    FROM found WHERE list.names <> ''),
-- 和 joins two names or stands inside one (招生和装备中心): the list may be read either way.
told AS (
    SELECT *, len(list_filter(string_split_regex(said, '[、,]|和'), name -> trim(name) <> '')) AS listed,
           len(list_filter(string_split_regex(said, '[、,]'), name -> trim(name) <> '')) AS apart
    FROM counted)
SELECT disclosure_key, document_key, 'line ' || line_number AS place, left(names, 30) AS subject,
       stated BETWEEN apart AND listed AS holds,
       '说' || stated || '个，列了' || listed || '个：' || left(names, 60) AS said_zh,
       stated || ' are counted, ' || listed || ' are listed: ' || left(names, 60) AS said_en
FROM told
WHERE stated IS NOT NULL AND NOT regexp_matches(names, '等(?:\d|[一二三四五六七八九十]|科|处|部门|机构|[,、]|$)') AND listed >= 2
ORDER BY ALL
