"""Writes buildings.csv: 1,200 public buildings of a county that does not exist. The same file each time.

    python3 make.py > buildings.csv
"""
import math
import random

random.seed(20240201)
TOWNS = ["东岭", "西溪", "南浦", "北桥", "上塘", "下湖", "青石", "白沙", "红星", "金谷", "古山", "新田"]
# Kind, share of the buildings, median roof in m2, kWh a year and m2 of roof, names.
KINDS = [
    ("党政机关", 0.16, 900, 55, ["镇政府", "行政服务中心", "派出所", "税务所", "市场监管所"]),
    ("学校", 0.24, 1900, 28, ["中心小学", "初级中学", "幼儿园", "职业学校", "高级中学"]),
    ("医院", 0.08, 1500, 95, ["卫生院", "人民医院分院", "社区卫生服务中心"]),
    ("村委会", 0.34, 520, 22, ["村委会", "文化礼堂", "村综合楼"]),
    ("厂房", 0.10, 4200, 70, ["标准厂房", "粮食仓库", "公交场站"]),
    ("其他", 0.08, 1400, 45, ["体育馆", "图书馆", "农贸市场", "养老中心"]),
]
print("名称,类别,屋顶面积（m²）,倾角,方位角,铺设,建成年份,年用电量（kWh）,电价,接入上限（kW）,馈线,馈线上限（kW）")
limits = {}
numbers = {}
for _ in range(1200):
    draw, kind = random.random(), KINDS[-1]
    for one in KINDS:
        if draw < one[1]:
            kind = one
            break
        draw -= one[1]
    name, _, median, use, names = kind
    town = random.choice(TOWNS)
    what = random.choice(names)
    number = numbers[town, what] = numbers.get((town, what), 0) + 1
    area = round(min(20000, max(120, random.lognormvariate(math.log(median), 0.55))))
    flush = random.random() < 0.2
    tilt = random.choice([5, 10, 15, 20, 25]) if flush else random.choice([8, 10, 12, 15])
    azimuth = random.choice([90, 135, 180, 225, 270]) if flush else random.choice([160, 170, 175, 180, 180, 180, 185, 195])
    load = round(area * use * random.uniform(0.5, 1.7))
    price = {"厂房": 0.68, "其他": 0.66}.get(name, 0.56)
    limit = round(area * 0.4 / 6.1 / 1.2 * random.uniform(0.5, 1.0)) if random.random() < 0.12 else ""
    feeder = f"{town}{random.randint(1, 5)}线"
    limits.setdefault(feeder, random.choice([800, 1200, 1600, 2000, 2500]))
    mount = "平铺" if flush else "支架"
    print(f"{town}{what}{number}号楼,{name},{area},{tilt},{azimuth},{mount},{random.randint(1985, 2022)},{load},{price},{limit},{feeder},{limits[feeder]}")
