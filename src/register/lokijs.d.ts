/** The small part of LokiJS 1.5.12 that we use; the package has no types of its own. */
declare module "lokijs" {
  export interface LokiDocument {
    readonly $loki?: number;
  }
  export interface ResultSet<T> {
    find(query: object): ResultSet<T>;
    simplesort(field: keyof T & string, options?: { readonly desc?: boolean }): ResultSet<T>;
    limit(count: number): ResultSet<T>;
    data(): T[];
  }
  export interface Collection<T extends object> {
    insert(document: T): T & LokiDocument;
    update(document: T & LokiDocument): T & LokiDocument;
    by(field: keyof T & string, value: string): (T & LokiDocument) | undefined;
    chain(): ResultSet<T>;
    count(): number;
  }
  export interface CollectionOptions {
    readonly unique?: readonly string[];
    readonly disableMeta?: boolean;
    readonly disableFreeze?: boolean;
    readonly clone?: boolean;
    readonly autoupdate?: boolean;
  }
  // biome-ignore lint/style/noDefaultExport: so the package exports it.
  export default class Loki {
    constructor(name: string, options: { readonly adapter?: object; readonly autosave: false });
    addCollection<T extends object>(name: string, options: CollectionOptions): Collection<T>;
  }
}
