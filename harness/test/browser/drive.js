// drive.js: put behind the page's own script by scripts/browser-html: opens every
// view, filters, opens cells, moves by keys, and looks at names and contrast. What
// it finds replaces the page, as TAP. `expected` was counted from the records.
const said = [];
const failures = [];
addEventListener('error', (e) => failures.push(e.message));
addEventListener('securitypolicyviolation', (e) => failures.push(e.violatedDirective));
const ok = (name, good, why) => said.push(
	`${good ? 'ok' : 'not ok'} ${said.length + 1} - ${name}` + (good ? '' : `: ${why}`));
const tick = () => new Promise((done) => setTimeout(done, 60));
const view = async (hash) => { location.hash = hash; await tick(); };
const pageText = () => document.getElementById('main').innerText;
const digits = (text) => Number(text.replace(/[^0-9]/g, ''));

// Each thing that is operated has a name.
function nameless() {
	return [...document.querySelectorAll('button, a, input, select, summary')].filter((e) =>
		!(e.getAttribute('aria-label') || e.textContent.trim() ||
			(e.labels && e.labels.length))).length;
}

function channel(v) {
	v /= 255;
	return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}
const light = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
const parts = (colour) => colour.match(/[\d.]+/g).map(Number);

function ground(e) {
	for (; e; e = e.parentElement) {
		const c = parts(getComputedStyle(e).backgroundColor);
		if (c.length === 3 || c[3] > 0)
			return c;
	}
	return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
}

// WCAG 2.1, 1.4.3: 4.5 to 1.
function pale() {
	const bad = new Set();
	for (const e of document.querySelectorAll('body *')) {
		if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) ||
			!e.getClientRects().length || e.closest('script, style'))
			continue;
		const a = light(parts(getComputedStyle(e).color)), b = light(ground(e));
		const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (contrast < 4.5)
			bad.add(`${e.tagName}.${e.className} ${contrast.toFixed(1)}`);
	}
	return [...bad].join(', ');
}

async function looked(name) {
	ok(`${name}: something is shown`, pageText().length > 200, pageText());
	ok(`${name}: all that is operated has a name`, !nameless(), nameless());
	ok(`${name}: contrast`, !pale(), pale());
	const wide = document.documentElement.scrollWidth - innerWidth;
	ok(`${name}: no wider than the window`, wide <= 0, wide);
	await tick();
}

async function filters() {
	for (const [q, n] of Object.entries(expected.filters)) {
		await view('matrix');
		document.getElementById('q').value = q;
		document.querySelector('form.filter').requestSubmit();
		await tick();
		const says = document.getElementById('q-says').textContent;
		ok(`${q}: ${n}`, digits(says.split(' cell')[0]) === n, says);
	}
	await view('matrix?q=nosuchkey:1');
	ok('an unknown key is told', /no such key/.test(pageText()), pageText());
}

async function cells() {
	await view('matrix?q=group:exit+profile:four*');
	const first = document.querySelector('td.one button');
	first.focus();
	first.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
	ok('an arrow key moves', document.activeElement !== first &&
		document.activeElement.closest('td.one'), document.activeElement.outerHTML);
	first.click();
	await tick();
	const dialog = document.getElementById('cell');
	const name = first.title.split(': ')[0];
	ok('a click opens the cell', dialog.open && dialog.innerText.includes(name), dialog.innerText);
	ok('... with what repeats it', dialog.innerText.includes(`quartet show '${name}'`), name);
	dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
	await tick();
	ok('... and Escape closes it', !dialog.open, 'open');
	for (const c of expected.cells) {
		await view('matrix?' + new URLSearchParams({ cell: c.cell }));
		const missing = c.texts.filter((t) => !dialog.innerText.includes(t));
		ok(`${c.cell} tells all`, !missing.length, missing.join('; '));
	}
	ok('the cell: contrast', !pale(), pale());
	await view('matrix');
}

async function drive() {
	await tick();
	const about = document.getElementById('about').innerText;
	ok('the totals', about.includes(`${expected.total.toLocaleString('en-US')} cells`) &&
		about.includes(`${expected.pass.toLocaleString('en-US')} as declared`), about);
	const all = [...document.querySelectorAll('#views a')].map((a) => a.hash);
	for (const hash of all) {
		await view(hash);
		document.querySelectorAll('details').forEach((d) => { d.open = true; });
		await looked(hash);
	}
	await view('questions');
	ok('all sentences', document.querySelectorAll('.answer').length === expected.sentences,
		document.querySelectorAll('.answer').length);
	await view('figures');
	const counted = [...document.querySelector('#main table').querySelectorAll('td.number')]
		.reduce((n, td) => n + digits(td.textContent), 0);
	ok('the figures count each cell', counted === expected.total, counted);
	await filters();
	await cells();
	ok('no error, and nothing that the policy refuses', !failures.length, failures.join('; '));
	document.body.replaceChildren(Object.assign(document.createElement('pre'),
		{ id: 'tap', textContent: `\n${said.join('\n')}\n1..${said.length}\n` }));
}
drive().catch((e) => { document.body.textContent = `\nnot ok - ${e.stack}\n`; });
