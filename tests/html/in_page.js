/* Runs behind the script of the page and leaves what it saw, as JSON, in an
 * element of its own: #seen. */
"use strict";

function rowsOf(id) {
	const table = document.querySelector(`table[aria-labelledby="${id}"]`);

	return table ? Array.from(table.tBodies[0].rows, (row) =>
		Array.from(row.cells, (cell) => cell.innerText)) : [];
}

/* The order of a column, and what the heads say, after each click. */
function clicksOn(id) {
	const heads = document.querySelectorAll(
		`table[aria-labelledby="${id}"] th button`);
	const seen = [];

	for (const button of heads)
		for (let i = 0; i < 2; i++) {
			const head = button.parentElement;

			button.click();
			seen.push({
				head: button.innerText,
				sort: head.getAttribute("aria-sort"),
				sorted: document.querySelectorAll(
					`[aria-labelledby="${id}"] ` +
					"[aria-sort]").length,
				column: rowsOf(id).map(
					(cells) => cells[head.cellIndex]),
			});
		}
	return seen;
}

function luminance(color) {
	const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map((byte) => {
		const part = byte / 255;

		return part <= 0.03928 ? part / 12.92
				       : ((part + 0.055) / 1.055) ** 2.4;
	});

	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function backgroundOf(element) {
	for (; element; element = element.parentElement) {
		const color = getComputedStyle(element).backgroundColor;

		if (color !== "rgba(0, 0, 0, 0)")
			return color;
	}
	return "rgb(255, 255, 255)";
}

/* WCAG 2: of the text that is hardest to read. */
function leastContrast() {
	let least = 21;

	for (const element of document.body.querySelectorAll("*")) {
		if (!Array.from(element.childNodes).some((node) =>
			node.nodeType === Node.TEXT_NODE && node.data.trim()) ||
		    !element.checkVisibility())
			continue;
		const pair = [getComputedStyle(element).color,
			      backgroundOf(element)].map(luminance);

		least = Math.min(least, (Math.max(...pair) + 0.05) /
					(Math.min(...pair) + 0.05));
	}
	return least;
}

const seen = {
	title: document.title,
	heading: document.querySelector("h1").innerText,
	verdict: document.querySelector("header p").innerText,
	tiles: Array.from(document.querySelectorAll(".tiles li"),
			  (tile) => tile.innerText.split(/\s+/)),
	findings: rowsOf("findings"),
	clients: rowsOf("clients"),
	exposure: rowsOf("exposure"),
	reasons: Array.from(document.querySelectorAll(
		'section[aria-labelledby="exposure"] > ul > li'),
			    (item) => item.innerText),
	words: Array.from(document.querySelectorAll(
		'section[aria-labelledby="exposure"] > p.soft'),
			  (text) => text.innerText),
	unchecked: rowsOf("unchecked"),
	fleet: rowsOf("fleet"),
	servers: rowsOf("servers"),
	each: Array.from(document.querySelectorAll("[id^=server-]"),
			 (server) => server.innerText.split(/\n+/)),
	tags: Array.from(new Set(Array.from(document.querySelectorAll("*"),
		(element) => element.localName))),
	scripts: document.scripts.length,
	loads: performance.getEntriesByType("resource").length +
	       document.querySelectorAll("[src], [href]:not([href^='#'])")
		       .length,
	lost: Array.from(document.querySelectorAll("a[href^='#']"),
			 (a) => a.hash.slice(1))
		.filter((id) => !document.getElementById(id)),
	heads: Array.from(document.querySelectorAll("th"))
		.every((head) => head.scope),
	dark: matchMedia("(prefers-color-scheme: dark)").matches,
	contrast: leastContrast(),
	wide: document.documentElement.scrollWidth > innerWidth,
};

seen.clicks = {};
for (const name of ["findings", "clients", "exposure", "fleet",
		    "servers"])
	seen.clicks[name] = clicksOn(name);
const place = document.createElement("pre");

place.id = "seen";
place.textContent = JSON.stringify(seen);
document.body.append(place);
