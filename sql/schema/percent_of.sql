-- title: 比率，零基数为空 | A ratio that is NULL on a zero base
-- note: 结果为百分数，只作展示；核对用交叉相乘 | in percent, for display only; checks multiply crosswise instead

CREATE MACRO core.percent_of(part, whole) AS
    CASE WHEN whole IS NULL OR whole = 0 THEN NULL
         ELSE CAST(round(100 * CAST(part AS DOUBLE) / CAST(whole AS DOUBLE), 4) AS DECIMAL(18, 4)) END;
