// Sorting: each heading marked data-sort becomes a button. Without scripts the tables stand as they are.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  for (const heading of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const column = Number(heading.dataset.sort);
      const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
      const order = new Intl.Collator(undefined, { numeric: true });
      const rows = [...body.rows].sort((a, b) => {
        const x = key(a), y = key(b);
        const numbers = x !== "" && y !== "" && !isNaN(x) && !isNaN(y);
        return numbers ? x - y : order.compare(x, y);
      });
      body.append(...(down ? rows.reverse() : rows));
    });
  }
}
