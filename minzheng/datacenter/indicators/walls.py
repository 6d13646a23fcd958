"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {
    "indicators.IndicatorValue": not_personal("按区划汇总的指标值"),
    "indicators.ReportedValue": not_personal("按区划填报的指标值"),
    "indicators.Target": not_personal("按区划分解的目标"),
    "indicators.StatedFigure": not_personal("文件公布的数字"),
}
