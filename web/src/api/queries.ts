import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  QueryClient,
  type QueryKey,
} from "@tanstack/react-query";

/**
 * A query client with which nothing stays stale. What is made stale while it loads for the first time may have been
 * read before the change: TanStack Query lets the refetch join that load, so it is loaded once more after it.
 */
export class Queries extends QueryClient {
  /** Those whose first load is followed by another. */
  readonly #again = new WeakSet<Query>();

  override invalidateQueries<Key extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const begun = this.getQueryCache()
      .findAll(filters)
      .filter(({ state }) => state.fetchStatus === "fetching" && state.data === undefined);
    const made = super.invalidateQueries(filters, options);
    for (const query of begun) this.#loadAgainAfter(query);
    return made;
  }

  #loadAgainAfter(query: Query): void {
    if (this.#again.has(query)) return;
    this.#again.add(query);
    const ended = () => this.#again.delete(query);
    // a load that fails shows its fault, and whoever looks tries again
    query.promise?.then(ended, ended).then(() => {
      if (query.state.data !== undefined)
        void super.invalidateQueries({ queryKey: query.queryKey, exact: true });
    });
  }
}
