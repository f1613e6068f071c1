import type {
  BodyPiece,
  FetchAnswer,
  FetchBody,
  FetchFault,
  FetchRequest,
  HttpFetch,
} from "../ports/http-fetch.ts";

/** What the fake answers to one request. */
export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pieces?: readonly Uint8Array[];
  /** Instead of an end. */
  readonly ends?: FetchFault;
}

/** `HttpFetch` that answers by a function of the test. */
export class FakeHttpFetch implements HttpFetch {
  readonly asked: FetchRequest[] = [];
  /** Null: nobody is there. */
  answer: (request: FetchRequest) => FakeAnswer | FetchFault | null = () => null;

  open(request: FetchRequest): Promise<FetchAnswer> {
    this.asked.push(request);
    const answer = this.answer(request);
    if (answer === null || typeof answer === "string") {
      return Promise.resolve({ kind: "failed", why: answer ?? "unreachable" });
    }
    const { status, headers = {} } = answer;
    return Promise.resolve({ kind: "answered", status, headers, body: new FakeBody(answer) });
  }
}

class FakeBody implements FetchBody {
  readonly #pieces: Uint8Array[];
  readonly #ends: FetchFault | undefined;
  #cancelled = false;

  constructor({ pieces = [], ends }: FakeAnswer) {
    this.#pieces = [...pieces];
    this.#ends = ends;
  }

  read(): Promise<BodyPiece> {
    if (this.#cancelled) return Promise.resolve({ kind: "failed", why: "cancelled" });
    const bytes = this.#pieces.shift();
    if (bytes !== undefined) return Promise.resolve({ kind: "bytes", bytes });
    if (this.#ends !== undefined) return Promise.resolve({ kind: "failed", why: this.#ends });
    return Promise.resolve({ kind: "end" });
  }

  cancel(): void {
    this.#cancelled = true;
  }
}
