import { statSync } from 'node:fs'
import { join } from 'node:path'
import { StoreDamaged } from './errors.ts'
import type { Store } from './store.ts'

/** All that conf is told of the document: one value under one key, which it never looks into. */
interface Contents extends Record<string, unknown> {
  document?: unknown
}

/** The part of conf and electron-store that is used. */
interface ConfLike {
  store: Contents
  readonly path: string
}

/** Options that conf and electron-store share; each adapter adds the name in its own spelling. */
export interface SharedOptions {
  readonly cwd: string
  readonly fileExtension: 'json'
  readonly configFileMode: 0o600
  readonly accessPropertiesByDotNotation: false
  readonly clearInvalidConfig: false
  readonly serialize: (contents: Contents) => string
  readonly deserialize: (text: string) => Contents
}

/**
 * A store over conf or electron-store. conf reads and writes the file (temporary file, fsync, rename);
 * the document goes past it, since conf would otherwise parse the text twice and walk, copy and compare
 * every value on opening. No schema, and a damaged file is never cleared.
 *
 * Under SNAP, and where a rename is refused, conf writes in place: whoever needs more writes to another
 * name and renames, as the vault does.
 *
 * @param construct makes the conf or electron-store with these options
 * @throws StoreDamaged, or the system's own failure for a file that cannot be read
 */
export function storeOverConf(
  place: { readonly directory: string; readonly name: string },
  construct: (options: SharedOptions) => ConfLike,
): Store {
  const codec = createCodec(join(place.directory, `${place.name}.json`))
  const conf = construct({
    cwd: place.directory,
    fileExtension: 'json',
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
    clearInvalidConfig: false,
    serialize: codec.serialize,
    deserialize: codec.deserialize,
  })
  codec.stopReading()
  return {
    path: conf.path,
    read: () => codec.document(),
    write(document) {
      conf.store = { document }
      // Node's writeSync may write less than asked when the disk fills up, and nobody below looks.
      if (statSync(conf.path).size !== codec.writtenBytes()) throw new Error('Short write')
    },
  }
}

/** Holds the document: parsed once, when conf reads the file in its constructor. */
function createCodec(path: string) {
  let document: unknown
  let isReading = true
  let writtenBytes = 0
  return {
    document: () => document,
    writtenBytes: () => writtenBytes,
    stopReading() {
      isReading = false
    },
    serialize(contents: Contents): string {
      document = contents.document
      const text = JSON.stringify(document)
      writtenBytes = Buffer.byteLength(text)
      return text
    },
    /** conf reads the file before each write too, for bookkeeping that only its migrations need. */
    deserialize(text: string): Contents {
      if (isReading) document = parseJson(text, path)
      return {}
    },
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    // The message of JSON.parse quotes the file, which must reach no log: it is not passed on.
    throw new StoreDamaged(path)
  }
}
