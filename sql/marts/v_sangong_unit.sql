-- title: “三公”经费单位成本 | Three public expenses per vehicle, person and trip
-- grain: 一个部门、一个年度 | one department and fiscal year
-- question: 每辆车、每次接待、每次出国花多少？ | What does a vehicle, a guest, a trip cost?
-- example: 每辆车一年多少钱？ | What does a vehicle cost a year?
-- ask: SELECT department_name, fiscal_year, vehicles_kept, car_cost_each, stated_car_cost_each, car_cost_flag FROM mart.v_sangong_unit WHERE vehicles_kept > 0 ORDER BY car_cost_each DESC NULLS LAST, 1, 2
-- example: 人均接待费最高的部门？ | Where does a guest cost most?
-- ask: SELECT department_name, fiscal_year, reception_persons, reception_per_person FROM mart.v_sangong_unit ORDER BY reception_per_person DESC NULLS LAST, 1, 2 LIMIT 10
-- formula: 运行费 / 保有量；接待费 / 人次、批次；出国费 / 人次；分母为零时为空 | running cost / vehicles kept; reception / persons, batches; travel abroad / persons; NULL on a zero denominator
-- caution: 保有量为年末数，只含财政拨款开支的车辆；stated_car_cost_each 是文字所述车均，与计算值不符时 car_cost_flag 为真 | vehicles kept are those at year-end paid from fiscal money; stated_car_cost_each is the average the text states, and car_cost_flag is true where it disagrees
-- column vehicles_kept: 公务用车保有量 | Vehicles kept
-- column car_cost_each: 车均运行维护费（元） | Running cost per vehicle in yuan
-- column stated_car_cost_each: 文字所述车均（元） | Average per vehicle as stated, in yuan
-- column car_cost_flag: 所述车均与计算不符 | The stated average disagrees
-- column reception_persons: 接待人次 | Persons received
-- column reception_batches: 接待批次 | Receptions
-- column reception_per_person: 人均接待费（元） | Reception per person in yuan
-- column reception_per_batch: 批均接待费（元） | Reception per batch in yuan
-- column vehicles_bought: 购置数（辆） | Vehicles bought
-- column vehicle_running: 公务用车运行维护费（元） | Vehicle running in yuan
-- column reception: 公务接待费（元） | Reception in yuan
-- column overseas_groups: 出国（境）团组数 | Groups sent abroad
-- column overseas: 因公出国（境）费（元） | Travel abroad in yuan
-- column overseas_persons: 出国（境）人次 | Persons sent abroad
-- column overseas_cost_per_person: 人均出国（境）费（元） | Travel abroad per person in yuan

CREATE VIEW mart.v_sangong_unit AS
WITH picked AS (
    SELECT department_key, region_code, fiscal_year, core.keys_of(figure_key, claim_key) AS number_keys,
           max(document_key)
           FILTER (headline = 'three_public_vehicle_running') AS document_key,
           core.pick_money(headline, value, 'three_public_vehicle_running') AS running,
           core.pick_money(headline, value, 'three_public_reception') AS reception,
           core.pick_money(headline, value, 'three_public_overseas') AS overseas,
           core.pick_count(headline, value, 'vehicles_kept') AS vehicles_kept,
           core.pick_count(headline, value, 'reception_persons') AS reception_persons,
           core.pick_count(headline, value, 'reception_batches') AS reception_batches,
           core.pick_count(headline, value, 'overseas_persons') AS overseas_persons,
           core.pick_count(headline, value, 'overseas_groups') AS overseas_groups,
           core.pick_count(headline, value, 'vehicles_bought') AS vehicles_bought
    FROM core.fact_headline
    WHERE headline IN ('three_public_vehicle_running', 'three_public_reception', 'three_public_overseas',
        'vehicles_kept',
                       'reception_persons', 'reception_batches', 'overseas_persons', 'overseas_groups',
                           'vehicles_bought')
    GROUP BY department_key, region_code, fiscal_year),
stated AS (
    SELECT department_key, fiscal_year, amount_yuan AS car_cost, half_unit
    FROM core.fact_claim
    WHERE is_current AND measure = 'average' AND item = '车均运行维护费' AND amount_yuan IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY department_key, fiscal_year ORDER BY half_unit, line_number, char_start,
        claim_key) = 1)
SELECT y.department_key, y.department_name, y.region_code, y.level, y.fiscal_year, p.vehicles_kept,
       p.vehicles_bought, p.running AS vehicle_running, core.per_unit(p.running, p.vehicles_kept) AS car_cost_each,
       s.car_cost AS stated_car_cost_each,
       CASE WHEN p.vehicles_kept > 0 AND s.car_cost IS NOT NULL
            THEN abs(s.car_cost * p.vehicles_kept - p.running) > p.vehicles_kept * (s.half_unit + 0.01) + 0.01 END
                AS car_cost_flag,
       p.reception_persons, p.reception_batches,
       p.reception, core.per_unit(p.reception, p.reception_persons) AS reception_per_person,
       core.per_unit(p.reception, p.reception_batches) AS reception_per_batch,
       p.overseas_persons,
       p.overseas_groups, p.overseas, core.per_unit(p.overseas, p.overseas_persons) AS overseas_cost_per_person,
       y.series_key, y.quality_flag, p.number_keys, p.document_key
FROM picked p
JOIN mart.v_department_year y USING (department_key, region_code, fiscal_year)
LEFT JOIN stated s USING (department_key, fiscal_year)
WHERE coalesce(p.running, p.reception, p.overseas, p.vehicles_kept, p.vehicles_bought, p.reception_persons,
    p.reception_batches,
               p.overseas_persons, p.overseas_groups) IS NOT NULL;
