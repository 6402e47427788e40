import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { parseDocument } from "htmlparser2";

// The types of KML 2.2 as they were made from the schema of the standard: what each element may hold, in the order that it demands.
interface Property {
	n: string;
	/** e is an element (also without t), er one that others may stand for, a an attribute, v the text. */
	t?: string;
	en?: string | { lp: string; ns: string };
	an?: { lp: string };
	ti?: string | { t: string };
	col?: boolean;
	rq?: boolean;
}
interface Type {
	ln: string;
	bti?: string;
	ps?: Property[];
	vs?: string[];
}
interface Global {
	en: string | { lp: string };
	ti?: Property["ti"];
	sh?: string;
}
const schema = createRequire(import.meta.url)("ogc-schemas/lib/KML_2_2_0.js").KML_2_2_0 as {
	tis: Type[];
	eis: Global[];
};
const types = new Map(schema.tis.map((type) => [`.${type.ln}`, type]));
const globals = new Map(schema.eis.map((one) => [typeof one.en === "string" ? one.en : one.en.lp, one]));

type Element = Extract<ReturnType<typeof parseDocument>["children"][number], { attribs: unknown }>;
type Parent = Element | ReturnType<typeof parseDocument>;

function elements(of: Parent): Element[] {
	return of.children.filter((child): child is Element => child.type === "tag");
}

function text(of: Parent): string {
	return of.children.map((child) => (child.type === "text" ? child.data : "")).join("");
}

/** All that a type may hold, what it has from others first. */
function propertiesOf(type: Type): Property[] {
	const before = type.bti === undefined ? undefined : types.get(type.bti);
	return [...(before ? propertiesOf(before) : []), ...(type.ps ?? [])];
}

/** Whether an element of a name may stand where a group is asked for. */
function standsFor(name: string, group: string): boolean {
	const head = globals.get(name)?.sh;
	return name === group || (head !== undefined && standsFor(head, group));
}

function nameOf(property: Property): string {
	if (typeof property.en === "object") return `atom:${property.en.lp}`;
	return property.en ?? property.n;
}

const forms: Record<string, RegExp> = {
	Boolean: /^(0|1|true|false)$/,
	Double: /^-?\d+(\.\d+)?$/,
	HexBinary: /^([0-9a-f]{2})+$/,
	ID: /^[A-Za-z_][\w.-]*$/,
	l: /^(-?\d+(\.\d+)?,-?\d+(\.\d+)?)( -?\d+(\.\d+)?,-?\d+(\.\d+)?)*$/,
};

function checkText(value: string, kind: Property["ti"], where: string): void {
	const form = forms[typeof kind === "object" ? kind.t : (kind ?? "")];
	if (form) assert.match(value, form, where);
	const values = typeof kind === "string" ? types.get(kind)?.vs : undefined;
	if (values) assert.ok(values.includes(value), `${where}: ${value}`);
}

/** Holds an element against its type. */
function check(element: Element, kind: Property["ti"], where: string): void {
	const here = `${where}/${element.name}`;
	const type = typeof kind === "string" ? types.get(kind) : undefined;
	if (!type || type.vs) {
		if (element.name.startsWith("atom:")) return;
		assert.equal(elements(element).length, 0, `${here} holds elements`);
		checkText(text(element), kind, here);
		return;
	}
	const all = propertiesOf(type);
	for (const [name, value] of Object.entries(element.attribs)) {
		if (name.startsWith("xmlns")) continue;
		const property = all.find((one) => one.t === "a" && one.an?.lp === name);
		assert.ok(property, `${here} has no attribute ${name}`);
		checkText(value, property.ti, `${here}@${name}`);
	}
	for (const needed of all.filter((one) => one.rq))
		assert.ok(element.attribs[needed.an?.lp ?? ""], `${here} ${needed.n}`);
	if (!all.some((one) => one.t === "v")) assert.equal(text(element).trim(), "", `${here} holds text`);
	let at = 0;
	for (const child of elements(element)) {
		const next = all.findIndex(
			(one, i) =>
				i >= at &&
				(one.t === undefined ? nameOf(one) === child.name : one.t === "er" && standsFor(child.name, nameOf(one))),
		);
		const property = all[next];
		assert.ok(property, `${here}: ${child.name} is unknown there or comes too late`);
		at = property.col ? next : next + 1;
		check(child, property.t === "er" ? globals.get(child.name)?.ti : property.ti, here);
	}
}

const folder = mkdtempSync(path.join(tmpdir(), "corridor-kml-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function corridor(...args: string[]): string {
	return execFileSync(process.env.CORRIDOR_BIN ?? "bin/corridor", [...args], {
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
	});
}

test("KML has the elements, attributes and values that its schema knows, in the schema's order", () => {
	const db = path.join(folder, "x.db");
	corridor("import", "--db", db, "data/content/mekong");
	for (const id of ["yunnan", "stops", "legs", "sites", "movements", "places"]) {
		const file = parseDocument(corridor("export", "--db", db, "--format", "kml", id, "-o", "-"), { xmlMode: true });
		const [root, ...more] = elements(file);
		assert.ok(root && more.length === 0 && root.attribs.xmlns === "http://www.opengis.net/kml/2.2");
		check(root, globals.get(root.name)?.ti, id);

		const inside = (of: Parent): Element[] => elements(of).flatMap((one) => [one, ...inside(one)]);
		const everything = inside(file);
		const ids = everything.map((one) => one.attribs.id).filter((one) => one !== undefined);
		assert.deepEqual(ids, [...new Set(ids)], "an id names one element");
		for (const one of everything) {
			const target = one.name === "styleUrl" ? text(one) : one.attribs.schemaUrl;
			if (target !== undefined) assert.ok(ids.includes(target.slice(1)), `${id}: nothing is called ${target}`);
		}
		assert.ok(everything.some((one) => one.name === "Placemark"));
	}
});
