// page_views.js: the other views, and which is shown.

function proofLine(proof) {
	const c = runs[0].byName.get(proof.cell);
	const bad = proof.standing === 'not proven here';
	return el('li', {}, c ? [badge(c), ' '] : null, c ? cellButton(c) :
		el('span', { class: 'cell-name' }, proof.cell), ' ', c ? c.text : 'no record',
		bad && el('strong', {}, `; the answer needs: ${proof.needs}` +
			(proof.call ? `: ${proof.call}` : '')));
}

function claimPart(claim) {
	return [el('h3', {}, claim.against ? 'Against: ' : 'For: ', claim.text),
		el('ul', {}, claim.cells.map(proofLine))];
}

function viewQuestions() {
	return [data.questions.map((q) => [el('h2', {}, q.text), q.answers.map((a) => [
			el('p', { class: 'answer' }, a.text, ' ', el('span', {
				class: 'standing' + (a.standing === 'seen' ? '' : ' bad') }, a.standing)),
			el('details', {}, el('summary', {}, plural(a.claims.reduce((n, c) =>
				n + c.cells.length, 0), 'cell')), a.claims.map(claimPart))])])];
}

// Profiles that are another without one call: scripts/less makes their runs.
function lesses() {
	const found = new Map();
	for (const run of runs)
		for (const c of run.cells) {
			const m = /^(.*)-less-([a-z0-9_]+)\.json$/.exec(c.profile);
			if (m)
				found.set(c.profile, { profile: m[1], call: m[2], run });
		}
	return found;
}

// Cells that work, or act outside, under the whole and do otherwise without.
function flips(less, lessName) {
	const out = [];
	for (const c of less.run.cells) {
		if (c.profile !== lessName)
			continue;
		const name = c.cell.replace(`@${lessName}/`, `@${less.profile}/`);
		const whole = less.run.byName.get(name) || runs[0].byName.get(name);
		if (whole && ['works', 'escapes'].includes(whole.outcome) &&
			c.outcome !== whole.outcome && c.outcome !== 'skip')
			out.push({ whole, without: c });
	}
	return out;
}

const actsOutside = (flip) => flip.whole.outcome === 'escapes';

// What a question on a danger of the call names, and what acts outside.
function riskOf(call) {
	const named = new Set(data.questions
		.filter((q) => /danger/.test(q.text) && q.text.split(/\W/).includes(call))
		.flatMap((q) => q.answers.flatMap((a) => a.claims.flatMap((c) =>
			c.cells.map((p) => p.cell.split('@')[0])))));
	return (flip) => actsOutside(flip) || named.has(flip.whole.probe);
}

function flipList(list, title) {
	const groups = sorted(groupBy(list, (f) => f.whole.group));
	return el('div', {}, el('h3', {}, `${title}: ${plural(list.length, 'cell')}, ` +
		plural(new Set(list.map((f) => f.whole.probe)).size, 'probe')),
		groups.map(([group, of]) => el('details', {}, el('summary', {},
			`${group}: ${plural(of.length, 'cell')}`),
			el('ul', {}, of.map((f) => el('li', {}, cellButton(f.whole), ' ',
				f.whole.text, ' → ', f.without.text, ' ',
				el('span', { class: 'quiet' },
					(probes.get(f.whole.probe) || {}).about || '')))))));
}

// What each call buys and what it opens, a line a call.
function callTable(all) {
	const cell = (list) => el('td', { class: 'number' }, number(list.length));
	return el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {},
		['call', 'buys, cells', 'opens: acts outside', 'opens: cited as a danger']
			.map((h) => el('th', { scope: 'col' }, h)))),
		el('tbody', {}, all.map(([name, less]) => {
			const list = flips(less, name), isRisk = riskOf(less.call);
			const risks = list.filter(isRisk);
			return el('tr', {}, el('th', { scope: 'row' }, `${less.call} in ${less.profile}`),
				cell(list.filter((f) => !isRisk(f))),
				cell(risks.filter(actsOutside)),
				cell(risks.filter((f) => !actsOutside(f))));
		}))));
}

function viewCalls() {
	const all = sorted(lesses());
	if (!all.length)
		return [el('h2', {}, 'What each call buys and risks'), el('p', {},
			'None of these runs has a profile without one of its calls. ',
			el('code', {}, 'scripts/less'), ' makes such a run; give it to ',
			el('code', {}, 'quartet report --html'), ' beside this one.')];
	return [el('h2', {}, 'What each call buys and risks'), el('p', {},
		'Each cell that works under the profile is run once more under it without the ' +
		'call. What does not work then is what the call buys; where it was an act outside the ' +
		'sandbox, or an answer on its danger cites it, it is what the call risks.'),
		callTable(all), all.map(([name, less]) => {
			const list = flips(less, name), isRisk = riskOf(less.call);
			return [el('h2', {}, less.call, el('small', { class: 'quiet' },
				` in ${less.profile}`)),
				flipList(list.filter((f) => !isRisk(f)), 'Buys'),
				flipList(list.filter(isRisk), 'Risks')];
		})];
}

function compare(a, b) {
	const changed = [], fresh = [];
	for (const c of b.cells) {
		const was = a.byName.get(c.cell);
		if (!was)
			fresh.push(c);
		else if (was.outcome !== c.outcome || was.text !== c.text)
			changed.push([was, c]);
	}
	return { changed, fresh, gone: a.cells.filter((c) => !b.byName.has(c.cell)) };
}

function onlyIn(list, title) {
	return el('details', {}, el('summary', {}, `${title}: ${plural(list.length, 'cell')}`),
		el('ul', {}, list.slice(0, 500).map((c) => el('li', {}, badge(c), ' ',
			cellButton(c), ' ', c.text))),
		list.length > 500 && el('p', {}, `and ${number(list.length - 500)} more`));
}

function viewChanges() {
	return [el('h2', {}, 'What changed'), runs.slice(1).map((b) => {
		const a = runs[0], d = compare(a, b);
		return [el('h3', {}, `${a.name} → ${b.name}`), aboutBoth(a, b),
			el('p', {}, `${plural(d.changed.length, 'cell')} changed`),
			el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {},
				['cell', 'before', 'after'].map((h) => el('th', { scope: 'col' }, h)))),
				el('tbody', {}, d.changed.map(([was, is]) => el('tr', {},
					el('th', { scope: 'row' }, cellButton(is)),
					el('td', {}, badge(was), ' ', was.text),
					el('td', {}, badge(is), ' ', is.text)))))),
			onlyIn(d.fresh, 'only in the second'), onlyIn(d.gone, 'only in the first')];
	})];
}

function aboutBoth(a, b) {
	const keys = ['quartet', 'kernel', 'libseccomp', 'flavours', 'outer_filters'];
	const text = (v) => v && typeof v === 'object' ? Object.entries(v)
		.map((pair) => pair.join(' ')).join(', ') : String(v);
	const differ = keys.filter((k) => text(a.about[k]) !== text(b.about[k]));
	return el('ul', {}, differ.length ? differ.map((k) => el('li', {},
		`${k}: ${text(a.about[k])} → ${text(b.about[k])}`)) :
		el('li', {}, 'the same tool, kernel and libraries'));
}

function viewGallery() {
	const cells = runs[0].cells.filter((c) => c.group === 'gallery');
	return [el('h2', {}, 'Gallery: bugs from the field'), el('p', {},
		'What users met when one call was missing, and what the same mechanism does here.'),
		barTable(byNumber(countBy(cells, (c) => outcome(c.outcome)[2])), 'outcome', 'cells'),
		sorted(groupBy(cells, (c) => c.probe)).map(([probe, list]) => {
			const p = probes.get(probe) || {};
			return [el('h3', {}, probe.replace('gallery/', '')), el('p', {}, p.symptom || ''),
				el('p', { class: 'quiet' }, p.about || '', ' ',
					(p.seen || []).slice(0, 1).map(source)),
				el('details', {}, el('summary', {}, plural(list.length, 'cell')),
					el('ul', {}, list.map((c) => el('li', {}, badge(c), ' ',
						cellButton(c), ' ', c.text))))];
		})];
}

// Headings, lists, tables, paragraphs and `code`: what our results are made of.
function markdown(text) {
	const out = [];
	let list = null, table = null, pre = null, p = null;
	for (const line of text.split('\n')) {
		const fence = line.startsWith('```');
		if (pre && !fence)
			pre.append(shown(line) + '\n');
		else if (fence)
			pre = pre ? null : out[out.push(el('pre', {})) - 1];
		else if (/^#+ /.test(line))
			out.push(el(line.startsWith('# ') ? 'h2' : 'h3', {},
				inline(line.replace(/^#+ /, ''))));
		else if (/^\|[-|: ]+\|$/.test(line))
			continue;
		else if (line.startsWith('|')) {
			if (!table) {
				table = el('table', {});
				out.push(el('div', { class: 'scroll' }, table));
			}
			const tag = table.rows.length ? 'td' : 'th';
			table.append(el('tr', {}, line.slice(1, line.lastIndexOf('|'))
				.split(/(?<!\\)\|/).map((s) =>
					el(tag, {}, inline(s.trim().replace(/\\\|/g, '|'))))));
			continue;
		} else if (line.startsWith('- ')) {
			list = list || out[out.push(el('ul', {})) - 1];
			list.append(el('li', {}, inline(line.slice(2))));
		} else if (list && /^ +\S/.test(line))
			list.lastChild.append(' ', ...inline(line.trim()));
		else if (line.trim() && p)
			p.append(' ', ...inline(line));
		else if (line.trim())
			p = out[out.push(el('p', {}, inline(line))) - 1];
		if (!line.startsWith('|'))
			table = null;
		if (!line.trim() || /^#/.test(line))
			list = p = null;
	}
	return out;
}

function inline(text) {
	return text.split(/(`[^`]*`|\*\*[^*]+\*\*|\*\w[^*]*\*|https?:\/\/[^\s)|]+)/).filter(Boolean).map((s) =>
		/^`.*`$/.test(s) ? el('code', {}, s.slice(1, -1)) :
		/^\*\*.*\*\*$/.test(s) ? el('strong', {}, s.slice(2, -2)) :
		/^\*\w.*\*$/.test(s) ? el('em', {}, s.slice(1, -1)) :
		isLink(s) ? source(s) : document.createTextNode(shown(s)));
}

// Each table whose rows have ends, with how often there is each.
function withCharts(parts) {
	return parts.flatMap((part) => {
		const table = part.querySelector && part.querySelector('table');
		return [table && endsChart(table), part];
	});
}

const VIEWS = [['questions', 'Questions', viewQuestions], ['calls', 'Calls', viewCalls],
	['matrix', 'Matrix', viewMatrix], ['figures', 'Figures', viewFigures],
	...(runs.length > 1 ? [['changes', 'Changes', viewChanges]] : []),
	...(runs[0].cells.some((c) => c.group === 'gallery') ?
		[['gallery', 'Gallery', viewGallery]] : []),
	...(data.campaigns.length ? [['fuzz', 'Fuzzing', viewFuzz]] : []),
	...data.texts.map((t, i) => [`text${i}`, t.name.replace(/\.md$/, ''),
		() => withCharts(markdown(t.text))])];

function readState() {
	const [view, query] = location.hash.slice(1).split('?');
	return { view, ...Object.fromEntries(new URLSearchParams(query || '')) };
}

function go(state) {
	const { view, ...rest } = state;
	const kept = Object.entries(rest).filter(([, v]) => v !== undefined && v !== '');
	const query = new URLSearchParams(kept).toString();
	location.hash = view + (query ? `?${query}` : '');
}

let drawn = null;
function draw() {
	const state = readState();
	const [name, title, view] = VIEWS.find((v) => v[0] === state.view) || VIEWS[0];
	const key = JSON.stringify([name, state.q, state.run]);
	document.getElementById('views').replaceChildren(...VIEWS.map(([n, t]) => el('li', {},
		el('a', { href: `#${n}`, 'aria-current': n === name ? 'page' : null }, t))));
	if (key !== drawn) {
		const main = document.getElementById('main');
		main.replaceChildren(...[view(state)].flat(9).filter(Boolean));
		document.title = `quartet: ${title}`;
		if (drawn !== null)
			main.focus();
		drawn = key;
	}
	showCell(state);
}

function drawAbout() {
	const line = (run) => {
		const a = run.about, counts = countBy(run.cells, (c) => c.verdict);
		const n = (verdict) => number(counts.get(verdict) || 0);
		const missing = Math.max(0, (Number(a.cells) || 0) - run.cells.length);
		return el('p', { class: 'quiet' }, `${run.name}: quartet ${a.quartet || '?'}, Linux ` +
			`${a.kernel || '?'}, libseccomp ${a.libseccomp || '?'}, ${a.started || '?'}. ` +
			`${plural(run.cells.length, 'cell')}: ${n('pass')} as declared, ${n('fail')} ` +
			`differ, ${n('broken')} broken, ${n('skip')} skipped, ${number(missing)} missing` +
			(counts.get('known') ? `, ${n('known')} fail as is known` : '') +
			(counts.get('undeclared') ? `, ${n('undeclared')} under a file of which nothing is declared` :
				''));
	};
	document.getElementById('about').replaceChildren(...runs.map(line));
}

const main = document.getElementById('main');
document.getElementById('skip').addEventListener('click', (event) => {
	event.preventDefault();
	main.focus();
});
document.getElementById('cell').addEventListener('cancel', (event) => {
	event.preventDefault();
	closeCell();
});
// Paper has no folds.
let folded = [];
addEventListener('beforeprint', () => {
	folded = [...document.querySelectorAll('details:not([open])')];
	folded.forEach((d) => { d.open = true; });
});
addEventListener('afterprint', () => folded.forEach((d) => { d.open = false; }));
addEventListener('hashchange', draw);
drawAbout();
draw();
