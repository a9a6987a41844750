// Counts what holds and what does not; one line each, as `ok` or `FAILED`.
export class Report {
  #name; #failed = 0;

  constructor(name) {
    this.#name = name;
  }

  /** Runs a check, which throws where it fails. Returns whether it held. */
  check(what, body) {
    try {
      body();
      console.log(`ok      ${this.#name}: ${what}`);
      return true;
    } catch (error) {
      return this.fail(what, error);
    }
  }

  /** A check that waits. */
  async wait(what, body) {
    try {
      const result = await body();
      console.log(`ok      ${this.#name}: ${what}`);
      return result;
    } catch (error) {
      this.fail(what, error);
      return undefined;
    }
  }

  fail(what, error) {
    this.#failed++;
    console.log(`FAILED  ${this.#name}: ${what}\n    ${String(error?.message ?? error).split('\n').join('\n    ')}`);
    return false;
  }

  end() {
    process.exitCode = this.#failed > 0 ? 1 : 0;
  }
}
