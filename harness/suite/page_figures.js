// page_figures.js: pictures of what was counted, each beside its numbers.

function svg(tag, attributes, ...children) {
	const e = document.createElementNS('http://www.w3.org/2000/svg', tag);
	for (const [key, v] of Object.entries(attributes))
		e.setAttribute(key, v);
	e.append(...children);
	return e;
}

// Lines of [x, y], one a name; told apart by dashes and a number at their ends.
const DASHES = ['', '8 4', '2 3', '10 3 2 3', '1 4', '14 4', '5 2', '4 8'];
const WIDE = 640, HIGH = 240, LEFT = 60, LOW = 30;

function lineChart(lines, title, xName, yName) {
	const points = lines.flatMap((l) => l.points);
	const most = (of) => Math.max(1, ...points.map(of));
	const maxX = most((p) => p[0]), maxY = most((p) => p[1]);
	const x = (v) => LEFT + v / maxX * (WIDE - LEFT - 30);
	const y = (v) => HIGH - LOW - v / maxY * (HIGH - LOW - 15);
	const text = (at, left, low, anchor) => svg('text', { x: left, y: low, 'text-anchor':
		anchor, class: 'chart-text' }, at);
	const label = `${title}: ${lines.map((l) => `${l.name}: ${yName} ` +
		(l.points.length ? number(l.points[l.points.length - 1][1]) : 'not told')).join('; ')}`;
	return el('div', { class: 'scroll' }, svg('svg', { viewBox: `0 0 ${WIDE} ${HIGH}`,
		width: WIDE, height: HIGH, role: 'img', 'aria-label': shown(label), class: 'chart' },
		svg('path', { d: `M${LEFT} 15V${HIGH - LOW}H${WIDE - 30}`, class: 'axis' }),
		text(number(maxY), LEFT - 5, 20, 'end'), text('0', LEFT - 5, HIGH - LOW, 'end'),
		text(`${number(maxX)} ${xName}`, WIDE - 30, HIGH - 10, 'end'),
		text(yName, LEFT + 5, 14, 'start'),
		...lines.flatMap((l, i) => l.points.length ? [svg('path', { class: 'chart-line',
			'stroke-dasharray': DASHES[i % DASHES.length],
			d: 'M' + l.points.map((p) => `${x(p[0]).toFixed(1)} ${y(p[1]).toFixed(1)}`).join('L') }),
			text(String(i + 1), x(l.points[l.points.length - 1][0]) + 5,
				y(l.points[l.points.length - 1][1]) + 5 + 10 * i, 'start')] : [])));
}

// A table of a name and a number with a bar of that length.
function barTable(rows, name, what) {
	const most = Math.max(1, ...rows.map((r) => r[1]));
	return el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, name),
		el('th', { scope: 'col', colspan: 2 }, what))),
		el('tbody', {}, rows.map(([of, n]) => el('tr', {}, el('th', { scope: 'row' }, of),
			el('td', { class: 'number' }, number(n)), el('td', { class: 'rod' },
				svg('svg', { viewBox: '0 0 200 12', preserveAspectRatio: 'none',
					'aria-hidden': 'true' },
					svg('rect', { width: 200 * n / most, height: 12, class: 'rod-bar' })))))));
}

const byNumber = (map) => [...map].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

// A campaign, from the texts that quartet fuzz wrote.
function readCampaign(c) {
	const lines = c.progress.split('\n').map((l) => l.split(' ').map(Number))
		.filter((l) => l.length === 4 && l.every(Number.isFinite));
	const began = lines.length ? lines[0][0] : 0;
	const ops = new Map();
	for (const m of c.report.matchAll(/^(\(no futex\)|\w+) +(\d+) +(\d+)$/gm))
		ops.set(m[1], [Number(m[2]), Number(m[3])]);
	const total = /^(\d+) programs, .*?; (\d+) behaviours/m.exec(c.report) || [0, 0, 0];
	return { name: c.name, ops, report: c.report, findings: c.findings,
		programs: Number(total[1]), behaviours: Number(total[2]),
		points: (of) => lines.map((l) => [l[0] - began, l[of]]) };
}

function operations(campaigns) {
	const names = [...new Set(campaigns.flatMap((c) => [...c.ops.keys()]))];
	const cell = (c, op, i) => el('td', { class: 'number' },
		c.ops.has(op) ? number(c.ops.get(op)[i]) : 'not there');
	return el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {},
		el('th', { scope: 'col' }, 'operation'), campaigns.map((c, i) => ['steps', 'behaviours']
			.map((w) => el('th', { scope: 'col' }, campaigns.length > 1 ? `${i + 1}: ${w}` : w))))),
		el('tbody', {}, names.map((op) => el('tr', {}, el('th', { scope: 'row' }, op),
			campaigns.map((c) => [cell(c, op, 0), cell(c, op, 1)]))))));
}

function findingsOf(campaigns) {
	const all = groupBy(campaigns.flatMap((c, i) => c.findings.map((f) => ({ ...f, i }))),
		(f) => f.name);
	return all.size ? sorted(all).map(([name, list]) => el('details', {}, el('summary', {},
		el('code', {}, name), campaigns.length > 1 ?
			` in ${list.map((f) => f.i + 1).join(', ')}` : null, ': ',
		list[0].text.split('\n')[0]), el('pre', {}, list[0].text))) :
		el('p', {}, 'None: every promise was kept.');
}

function viewFuzz() {
	const all = data.campaigns.map(readCampaign);
	return [el('h2', {}, 'Futex programs that were fuzzed'),
		el('p', {}, 'quartet fuzz varied small programs of futex steps inside the filter. A ' +
			'behaviour is something that one of them showed first: an operation with its flags, ' +
			'memory, result and who woke. A finding broke a promise of futex(2).'),
		el('ol', {}, all.map((c) => el('li', {}, el('code', {}, c.name),
			`: ${plural(c.programs, 'program')}, ${plural(c.behaviours, 'behaviour')}, ` +
			plural(c.findings.length, 'finding')))),
		el('h3', {}, 'Behaviours over time'),
		all.some((c) => c.points(2).length) ? lineChart(all.map((c) => ({ name: c.name,
			points: c.points(2) })), 'Behaviours over time', 's', 'behaviours') :
			el('p', {}, 'No progress was kept.'),
		el('h3', {}, 'Each operation'), operations(all),
		el('h3', {}, 'Findings'), findingsOf(all),
		all.map((c) => el('details', {}, el('summary', {}, `The report of ${c.name}`),
			el('pre', {}, c.report)))];
}

// A table of results that has a column of ends, as workloads.md: how often each.
function endsChart(table) {
	const head = table.rows[0] ? [...table.rows[0].cells].map((c) => c.textContent) : [];
	const at = head.indexOf('under four');
	if (at < 0)
		return null;
	return barTable(byNumber(countBy([...table.rows].slice(1), (r) => r.cells[at].textContent)),
		'under four', 'programs');
}

function knownList() {
	const known = runs[0].cells.filter((c) => c.verdict === 'known');
	return known.length ? [el('h3', {}, 'Known failures'), el('p', {},
		'They are not as declared, and the run was told that this is known.'),
		el('ul', {}, known.slice(0, 500).map((c) => el('li', {}, badge(c), ' ', cellButton(c),
			' ', c.text, ': ', source(String(c.known || '')))))] : null;
}

// How much of the run is what, and what the filter refused.
function viewFigures() {
	const cells = runs[0].cells;
	const refused = byNumber(countBy(cells.filter((c) => c.call), (c) => c.call));
	const odd = cells.filter((c) => c.verdict === 'fail' || c.verdict === 'broken');
	return [el('h2', {}, 'Figures'), el('p', {}, `Counted in ${runs[0].name}.`),
		el('h3', {}, 'Outcomes'), barTable(byNumber(countBy(cells,
			(c) => outcome(c.outcome)[2])), 'outcome', 'cells'),
		el('h3', {}, 'The first call that was refused'),
		barTable(refused.slice(0, 20), 'call', 'cells'),
		refused.length > 20 && el('p', {}, `and ${number(refused.length - 20)} more calls`),
		el('h3', {}, 'Not as declared'), odd.length ? el('ul', {}, odd.slice(0, 500).map((c) =>
			el('li', {}, badge(c), ' ', cellButton(c), ' ', c.text))) : el('p', {}, 'None.'),
		knownList()];
}
