const SVG = "http://www.w3.org/2000/svg";

interface Stroke {
	readonly colour: string;
	/** In pixels, as the dashes and gaps are. */
	readonly width: number;
	readonly dash: number[];
}

interface Form {
	readonly fill: string;
	readonly stroke: string;
	readonly width: number;
}

/** How the lines of a kind look, and their arrowheads. */
export interface Brush {
	readonly casing: Stroke;
	readonly line: Stroke;
	readonly halo: Form;
	readonly head: Form;
	/** How wide an arrowhead's square is, in pixels. */
	readonly size: number;
}

/** What the style sheet says of lines, arrowheads and rings, for a canvas. */
export class Brushes {
	readonly #parent: HTMLElement;
	readonly #brushes = new Map<string, Brush>();
	readonly ring: Form;
	readonly square: Form;

	/** parent is what bears the style's colours. */
	constructor(parent: HTMLElement) {
		this.#parent = parent;
		const of = (name: string) => this.#read("leader", [[name, ""]], ([node]) => formOf(styleOf(node)));
		this.ring = of("circle");
		this.square = of("rect");
	}

	of(kind: string): Brush {
		const known = this.#brushes.get(kind);
		if (known) return known;
		const parts: [string, string][] = [
			["path", `flow-casing is-${kind}`],
			["stop", "fade-casing"],
			["path", `flow is-${kind}`],
			["stop", `fade-${kind}`],
			["path", "chevron-halo"],
			["path", `chevron is-${kind}`],
		];
		const brush = this.#read(`map-chevron is-${kind}`, parts, (nodes) => {
			const [casing, casingStop, line, lineStop, halo, head] = nodes.map(styleOf);
			return {
				casing: strokeOf(casing, casingStop),
				line: strokeOf(line, lineStop),
				halo: formOf(halo),
				head: formOf(head),
				size: Number.parseFloat(styleOf(nodes[0]?.parentElement ?? undefined)?.width ?? ""),
			};
		});
		this.#brushes.set(kind, brush);
		return brush;
	}

	/** Puts elements on the page for as long as their style is read. */
	#read<T>(className: string, parts: [name: string, className: string][], read: (nodes: Element[]) => T): T {
		const frame = document.createElement("div");
		const svg = document.createElementNS(SVG, "svg");
		frame.className = className;
		if (className === "leader") svg.setAttribute("class", className);
		const nodes = parts.map(([name, own]) => {
			const node = document.createElementNS(SVG, name);
			node.setAttribute("class", own);
			return node;
		});
		svg.append(...nodes);
		frame.append(svg);
		this.#parent.append(frame);
		const found = read(nodes);
		frame.remove();
		return found;
	}
}

function styleOf(node: Element | undefined): CSSStyleDeclaration | undefined {
	return node && getComputedStyle(node);
}

function strokeOf(style: CSSStyleDeclaration | undefined, paint: CSSStyleDeclaration | undefined): Stroke {
	const dash = (style?.strokeDasharray ?? "").split(/[ ,]+/).map(Number.parseFloat);
	return {
		colour: paint?.stopColor ?? "",
		width: Number.parseFloat(style?.strokeWidth ?? ""),
		dash: dash.every(Number.isFinite) ? dash : [],
	};
}

function formOf(style: CSSStyleDeclaration | undefined): Form {
	const { fill = "", stroke = "", strokeWidth = "" } = style ?? {};
	return { fill, stroke, width: Number.parseFloat(strokeWidth) };
}
