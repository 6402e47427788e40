import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { Site } from "./site.ts";

const BINARY = process.env.CORRIDOR_BIN ?? "bin/corridor";

export interface Session {
	code: string;
	secret: string;
	url: string;
}

/** A server that shares, the presenter's requests to it, and the network between it and the phones. */
export class Room {
	readonly #site: Site;
	readonly #network = new Network();
	#server: ChildProcess | undefined;
	/** The presenter's address, and the audience's behind the network. */
	#own = "127.0.0.1:0";
	#share = "127.0.0.1:0";

	constructor(site: Site) {
		this.#site = site;
	}

	/** Starts the server, again at its former addresses where it has been. */
	async start(): Promise<void> {
		const args = ["serve", "--addr", this.#own, "--share-addr", this.#share, "--db", this.#site.db];
		const server = spawn(BINARY, args, { stdio: ["ignore", "ignore", "pipe"] });
		this.#server = server;
		let said = "";
		[this.#own, this.#share] = await new Promise<[string, string]>((resolve, reject) => {
			server.stderr.on("data", (chunk: Buffer) => {
				said += chunk;
				const match = said.match(/listening on http:\/\/(\S+)[\s\S]*follow at http:\/\/([^/\s]+)\/live/);
				if (match?.[1] && match[2]) resolve([match[1], match[2]]);
			});
			server.on("exit", () => reject(new Error(`the server ended: ${said}`)));
		});
		await this.#network.to(Number(this.#share.split(":")[1]));
	}

	/** Kills the server as a power cut does. */
	async kill(): Promise<void> {
		if (!this.#server || this.#server.exitCode !== null || this.#server.signalCode !== null) return;
		this.#server.kill("SIGKILL");
		await once(this.#server, "exit");
	}

	async close(): Promise<void> {
		this.#network.close();
		await this.kill();
	}

	/** Where the presenter reaches the server. */
	get address(): string {
		return `http://${this.#own}`;
	}

	get network(): Network {
		return this.#network;
	}

	async present(method: string, path: string, body?: object, secret = ""): Promise<unknown> {
		const response = await fetch(`http://${this.#own}${path}`, {
			method,
			headers: { "Content-Type": "application/json", Authorization: `Bearer ${secret}` },
			...(body ? { body: JSON.stringify(body) } : {}),
		});
		const said = await response.text();
		assert.ok(response.ok, `${method} ${path}: ${response.status} ${said}`);
		return said ? JSON.parse(said) : undefined;
	}

	async open(): Promise<Session> {
		return (await this.present("POST", "/live", { route: "yunnan" })) as Session;
	}

	move({ code, secret }: Session, state: object): Promise<unknown> {
		return this.present("PUT", `/live/${code}/state`, { hide_later: true, ...state }, secret);
	}

	/** Opens a follower's page on a phone of its own, through the network. */
	async phone({ code, url }: Session, lang: string, options: BrowserContextOptions = {}): Promise<Page> {
		const context = await this.#site.browser.newContext({
			viewport: { width: 390, height: 800 },
			locale: lang,
			reducedMotion: "reduce",
			...options,
		});
		context.setDefaultTimeout(30_000);
		const page = await context.newPage();
		await page.goto(`http://127.0.0.1:${this.#network.port}/live/${code}${new URL(url).search}`);
		return page;
	}
}

/** A network that can be cut: what is underway is lost, or, where it falls silent, waits without a word. */
export class Network {
	readonly #sockets = new Set<Socket>();
	#proxy: Server | undefined;
	#target = 0;
	#silent = false;

	get port(): number {
		const address = this.#proxy?.address();
		if (!address || typeof address === "string") throw new Error("the network is not there yet");
		return address.port;
	}

	async to(port: number): Promise<void> {
		this.#target = port;
		if (this.#proxy) return;
		this.#proxy = createServer((phone) => this.#join(phone)).listen(0, "127.0.0.1");
		await once(this.#proxy, "listening");
	}

	close(): void {
		this.cut();
		this.#proxy?.close();
	}

	/** Breaks every connection and takes none. */
	cut(): void {
		this.fallSilent();
		for (const socket of this.#sockets) socket.destroy();
	}

	/** Lets nothing through any more, and tells nobody. */
	fallSilent(): void {
		this.#silent = true;
		for (const socket of this.#sockets) socket.pause();
	}

	/** Lets new connections through; what fell silent stays so. */
	mend(): void {
		this.#silent = false;
	}

	#join(phone: Socket): void {
		this.#keep(phone);
		if (this.#silent) return;
		const server = connect(this.#target, "127.0.0.1");
		this.#keep(server);
		for (const [from, to] of [
			[phone, server],
			[server, phone],
		] as const) {
			from.on("data", (chunk) => to.write(chunk));
			from.on("close", () => to.destroy());
		}
	}

	#keep(socket: Socket): void {
		this.#sockets.add(socket);
		socket.on("error", () => socket.destroy());
		socket.on("close", () => this.#sockets.delete(socket));
	}
}
