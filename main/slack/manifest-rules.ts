/** What can be said about a manifest before anything is sent. Source: slack-auth sections 2 and 9. */
import { redirectRules } from './manifest-redirects.ts'
import { blockAt, isBlock, type ManifestRule, problem } from './manifest-rule.ts'
import { scopeRules } from './manifest-scopes.ts'

export type { ManifestRule } from './manifest-rule.ts'

/**
 * Everything that is wrong or doubtful, in the order of the manifest; empty when nothing is. Never
 * throws, whatever the value is, and changes nothing.
 *
 * @param value a manifest as it was parsed from JSON or YAML
 */
export function manifestRules(value: unknown): ManifestRule[] {
  if (!isBlock(value)) {
    return [
      problem([], 'This is no manifest', 'A manifest is one object with display_information.'),
    ]
  }
  return [
    ...blockRules(value),
    ...displayRules(value),
    ...botUserRules(value),
    ...redirectRules(value),
    ...scopeRules(value),
    ...emptyListRules(value),
  ]
}

const BLOCKS: readonly (readonly string[])[] = [
  ['display_information'],
  ['features'],
  ['features', 'bot_user'],
  ['oauth_config'],
  ['oauth_config', 'scopes'],
  ['settings'],
]

/** What stands where a block belongs and is none. */
function blockRules(manifest: Record<string, unknown>): ManifestRule[] {
  return BLOCKS.filter((path) => {
    const parent = blockAt(manifest, ...path.slice(0, -1))
    const found = parent[path.at(-1) ?? '']
    return found !== undefined && !isBlock(found)
  }).map((path) => problem(path, `${path.at(-1)} is not a block`, 'Put its fields in an object.'))
}

const MAX_NAME = 35
const MAX_DESCRIPTION = 140

function displayRules(manifest: Record<string, unknown>): ManifestRule[] {
  const block = ['display_information'] as const
  const { name, description } = blockAt(manifest, ...block)
  const path = [...block, 'name']
  const isMissing = typeof name !== 'string' || name.trim() === ''
  return [
    ...(isMissing
      ? [problem(path, 'The app has no name', 'Give it one of up to 35 characters.')]
      : []),
    ...tooLong(name, MAX_NAME, path, 'The name'),
    ...tooLong(description, MAX_DESCRIPTION, [...block, 'description'], 'The description'),
  ]
}

function botUserRules(manifest: Record<string, unknown>): ManifestRule[] {
  const path = ['features', 'bot_user', 'display_name']
  const { display_name: name } = blockAt(manifest, 'features', 'bot_user')
  const { bot } = blockAt(manifest, 'oauth_config', 'scopes')
  const hasBotUser = Object.hasOwn(blockAt(manifest, 'features'), 'bot_user')
  const needsBotUser = Array.isArray(bot) && bot.length > 0 && !hasBotUser
  return [
    ...tooLong(name, 80, path, 'The name of the bot user'),
    ...(needsBotUser
      ? [
          problem(
            ['oauth_config', 'scopes', 'bot'],
            'Bot scopes need a bot user',
            'Add features.bot_user with a display_name, or remove the bot scopes.',
          ),
        ]
      : []),
  ]
}

function tooLong(
  value: unknown,
  limit: number,
  path: ManifestRule['path'],
  what: string,
): ManifestRule[] {
  if (typeof value !== 'string' || [...value].length <= limit) return []
  const length = [...value].length
  return [
    problem(path, `${what} is too long`, `It has ${length} characters; Slack takes ${limit}.`),
  ]
}

/** Blocks whose lists may not be empty. The others describe functions and workflows, where they may. */
const WITHOUT_EMPTY_LISTS = ['features', 'oauth_config', 'settings']
const MAY_HOLD_EMPTY_LISTS = new Set(['functions', 'assistant_view', 'agent_view'])
/** Deeper than any manifest; YAML can hold a block that contains itself. */
const MAX_DEPTH = 8

function emptyListRules(manifest: Record<string, unknown>): ManifestRule[] {
  return WITHOUT_EMPTY_LISTS.flatMap((key) => emptyListsIn(manifest[key], [key])).map((path) =>
    problem(path, `${path.at(-1)} is empty`, 'Slack refuses empty lists. Remove the line.'),
  )
}

function emptyListsIn(value: unknown, path: readonly (string | number)[]): (string | number)[][] {
  if (Array.isArray(value) && value.length === 0) return [[...path]]
  if (typeof value !== 'object' || value === null || path.length > MAX_DEPTH) return []
  return Object.entries(value)
    .filter(([key]) => !MAY_HOLD_EMPTY_LISTS.has(key))
    .flatMap(([key, item]) => emptyListsIn(item, [...path, Array.isArray(value) ? +key : key]))
}
