-- title: 地区拆在几份中 | Regions are parted between shards
-- grain: 一个拆开的地区 | one region that is parted
-- note: 部门在本地区中寻找所属单位、承接部门和同类名次：拆开后结果不同而没有任何报错 | departments look for their units, successors and ranks in their region: parted, results differ without any error
-- hint: 在 manifest.csv 中写明这些文件的地区，重新划分（juesuan shard --by region）后再运行 | name the region of these files in manifest.csv, part the corpus again (juesuan shard --by region) and run those shards

SELECT CASE WHEN region_code = '' THEN '?' ELSE region_code END || ': '
       || string_agg('shard ' || shard || ' ' || file, ', ' ORDER BY shard) AS place
FROM (SELECT region_code, shard, min(file) AS file
      FROM shards.dim_document
      WHERE outcome IN ('loaded', 'budget') AND (region_code <> '' OR level <> '')
      GROUP BY region_code, shard)
GROUP BY region_code
HAVING count(*) > 1
ORDER BY region_code;
