'use strict';
// page.js: the records, unpacked (suite/pack.h), and what all views use.
const data = JSON.parse(document.getElementById('data').textContent);

function unpack(v) {
	if (!Array.isArray(v))
		return v;
	const parts = v.slice(1).map((place) => unpack(data.values[place]));
	if (v[0] === -1)
		return parts;
	const o = Object.create(null);
	data.shapes[v[0]].forEach((key, i) => { o[key] = parts[i]; });
	return o;
}

// What page.c left out is put back; whatever came from a stranger is a text.
function readCell(row, run) {
	const c = unpack(row);
	for (const key of ['cell', 'probe', 'profile', 'flavour', 'outcome', 'call'])
		c[key] = c[key] === undefined ? '' : String(c[key]);
	c.kernel = String(c.kernel || 'host');
	c.verdict = String(c.verdict || 'pass');
	c.text = String(c.text || c.outcome);
	c.cell = c.cell || `${c.probe}@${c.profile}/${c.flavour}`;
	// A record that is cut to what is needed has the name alone.
	const parts = c.profile ? null : /^(.+)@(.+)\/([^/+]+)(?:\+(.+))?$/.exec(c.cell);
	if (parts)
		[, c.probe, c.profile, c.flavour] = parts;
	c.group = c.probe.split('/')[0];
	c.libc = libcs.get(c.flavour) || '?';
	c.run = run;
	return c;
}

const libcs = new Map(Object.entries(data.flavours));
const probes = new Map(Object.entries(data.probes));
const runs = data.runs.map((run, i) => ({
	name: run.name,
	about: run.about || {},
	cells: run.rows.map((row) => readCell(row, i)),
}));
for (const run of runs) {
	run.byName = new Map();
	for (const c of run.cells)
		run.byName.set(c.cell, c);
}

// A letter, a ground, and what it means; without colour the letter is enough.
const OUTCOMES = new Map([
	['works', ['w', 'works', 'works']],
	['fails', ['f', 'fails', 'fails with an errno']],
	['exits', ['x', 'fails', 'exits with another status']],
	['dies', ['D', 'dies', 'killed by the filter']],
	['loses-thread', ['L', 'dies', 'loses a thread']],
	['masks-crash', ['M', 'dies', 'the kill hides a crash']],
	['crashes', ['C', 'dies', 'crashes']],
	['hangs', ['H', 'hangs', 'hangs']],
	['zombie-leader', ['Z', 'hangs', 'zombie leader']],
	['escapes', ['E', 'escapes', 'acts outside']],
	['skip', ['-', 'none', 'not run']],
	['broken', ['?', 'none', 'no evidence']],
]);
const outcome = (name) => OUTCOMES.get(name) || ['?', 'none', name];

// Bytes that are not seen, or change how others are seen, are told.
const UNSEEN = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad' +
	'\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]', 'g');
const shown = (text) => String(text).replace(UNSEEN,
	(c) => '\\x' + c.charCodeAt(0).toString(16).padStart(2, '0'));

// el('p', { class: 'x', onclick: f }, child...): texts are never HTML.
function el(tag, attributes, ...children) {
	const e = document.createElement(tag);
	for (const [key, v] of Object.entries(attributes || {}))
		if (key.startsWith('on'))
			e.addEventListener(key.slice(2), v);
		else if (v !== undefined && v !== null && v !== false)
			e.setAttribute(key, v === true ? '' : v);
	for (const child of children.flat(9))
		if (child !== null && child !== undefined && child !== false)
			e.append(child instanceof Node ? child : shown(child));
	return e;
}

const isLink = (text) => /^https?:\/\/[^\s"'<>]+$/.test(text);
const source = (text) => isLink(text) ?
	el('a', { href: text, rel: 'noreferrer' }, text) : el('span', {}, text);

const number = (n) => n.toLocaleString('en-US');
const plural = (n, one, many) => `${number(n)} ${n === 1 ? one : many || one + 's'}`;

function countBy(list, of) {
	const counts = new Map();
	for (const item of list)
		counts.set(of(item), (counts.get(of(item)) || 0) + 1);
	return counts;
}

function groupBy(list, of) {
	const groups = new Map();
	for (const item of list) {
		const key = of(item);
		groups.has(key) ? groups.get(key).push(item) : groups.set(key, [item]);
	}
	return groups;
}

// The pairs of a Map, by their keys.
const sorted = (map) => [...map].sort((a, b) => a[0] < b[0] ? -1 : 1);

// The filter box: words that must all hold. KEY:GLOB asks a part, a word alone
// the cell's name; "-" in front turns it round.
const KEYS = ['outcome', 'libc', 'call', 'profile', 'flavour', 'group', 'probe',
	'kernel', 'verdict', 'text', 'cell'];

function glob(pattern, whole) {
	const body = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
		.replace(/\*+/g, '.*').replace(/\?/g, '.');
	return new RegExp(whole ? `^${body}$` : body, 'i');
}

// A function that says whether a cell is meant, or a text that says what is
// wrong with the words.
function parseFilter(text) {
	const tests = [];
	for (let word of text.trim().split(/\s+/).filter(Boolean)) {
		const not = word.startsWith('-') && word.length > 1;
		word = not ? word.slice(1) : word;
		const at = word.indexOf(':');
		const key = at > 0 ? word.slice(0, at) : '';
		if (key && !KEYS.includes(key))
			return `${key}: no such key; there are ${KEYS.join(', ')}`;
		const re = glob(key ? word.slice(at + 1) : word, key && key !== 'text');
		tests.push((c) => re.test(c[key || 'cell']) !== not);
	}
	return (c) => tests.every((test) => test(c));
}

// Cells by name, once each, as buttons that open them.
function cellButton(c, run) {
	return el('button', { class: 'link cell-name', type: 'button',
		onclick: () => openCell(c.cell, run === undefined ? c.run : run) }, c.cell);
}

function badge(c) {
	const [letter, ground, says] = outcome(c.outcome);
	return el('span', { class: `standing g-${ground}`, title: says }, letter);
}
