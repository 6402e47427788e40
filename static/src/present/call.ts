/** How long the server may take, in milliseconds: a request that hangs would hold up all that follow. */
const TIMEOUT = 5000;

/** An answer of the server that is no success. */
export class CallFailed extends Error {
	readonly status: number;

	constructor(status: number) {
		super(`${status}`);
		this.status = status;
	}

	/** Whether asking again is of no use: the session is unknown, over, or somebody else's. */
	get isFinal(): boolean {
		return [401, 403, 404, 410].includes(this.status);
	}
}

/** Asks the server to do something; gives what it answers, as JSON or as text. Who has a secret shows it. */
export async function call(method: string, address: string, body?: unknown, secret?: string): Promise<unknown> {
	const headers: Record<string, string> = {};
	if (body !== undefined) headers["Content-Type"] = "application/json";
	if (secret) headers.Authorization = `Bearer ${secret}`;
	const options: RequestInit = { method, headers, signal: AbortSignal.timeout(TIMEOUT) };
	if (body !== undefined) options.body = JSON.stringify(body);
	const response = await fetch(address, options);
	if (!response.ok) throw new CallFailed(response.status);
	const isJSON = response.headers.get("Content-Type")?.startsWith("application/json");
	return response.status === 204 ? undefined : isJSON ? response.json() : response.text();
}
