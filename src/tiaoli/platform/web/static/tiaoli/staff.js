// Draws each table's chart beside it; the table says the same without.
for (const place of document.querySelectorAll("[data-chart]")) {
  const told = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  if (!told.categories.length) continue;
  place.hidden = false;
  place.style.height = `${Math.max(8, 4 + 1.75 * told.categories.length)}rem`;
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const chart = echarts.init(place);
  chart.setOption({
    animation: !quiet,
    aria: { enabled: true, decal: { show: true } },
    legend: told.series.length > 1 ? { type: "scroll", top: 0 } : undefined,
    grid: { left: 8, right: 24, top: told.series.length > 1 ? 40 : 8, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true },
    xAxis: { type: "value", minInterval: 1 },
    yAxis: { type: "category", data: told.categories, inverse: true,
             axisLabel: { width: Math.min(160, place.clientWidth / 3), overflow: "truncate" } },
    series: told.series.map((one) => ({ ...one, type: "bar", stack: "all" })),
  });
  addEventListener("resize", () => chart.resize());
}
