"use strict";

const collator = new Intl.Collator("en", { numeric: true });

function keyOf(row, column) {
	const cell = row.cells[column];

	return cell.dataset.key || cell.textContent;
}

/* Rows that are equal in this column keep their order. */
function sortRows(table, head, direction) {
	const sign = direction === "ascending" ? 1 : -1;
	const body = table.tBodies[0];
	const rows = Array.from(body.rows, (row) => ({
		row: row,
		key: keyOf(row, head.cellIndex),
	}));

	rows.sort((a, b) => sign * collator.compare(a.key, b.key));
	body.append(...rows.map((entry) => entry.row));
	for (const other of table.tHead.rows[0].cells)
		other.removeAttribute("aria-sort");
	head.setAttribute("aria-sort", direction);
}

function makeSortable(table, head) {
	const button = document.createElement("button");
	const first = head.dataset.first || "ascending";
	const second = first === "ascending" ? "descending" : "ascending";

	button.type = "button";
	button.append(...head.childNodes);
	button.addEventListener("click", () => {
		const now = head.getAttribute("aria-sort");

		sortRows(table, head, now === first ? second : first);
	});
	head.append(button);
}

for (const table of document.querySelectorAll("table.sortable"))
	for (const head of table.tHead.rows[0].cells)
		if (!("fixed" in head.dataset))
			makeSortable(table, head);
