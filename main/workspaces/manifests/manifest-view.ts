import type { ManifestProblem, ManifestView } from '../../contract/views.ts'
import { type ManifestRule, manifestRules } from '../../slack/manifest.ts'
import type { ManifestError } from '../../slack/slack-api.ts'
import { manifestSettings } from './manifest-settings.ts'
import {
  type ManifestValue,
  manifestJson,
  manifestYaml,
  pathOf,
  type ReadManifest,
  readManifest,
  type UnreadableManifest,
} from './manifest-text.ts'

/**
 * A text in both spellings, with what can be told without Slack. One that cannot be read stays as it
 * was typed, and has one problem: why.
 *
 * @param before what the app is at Slack, as far as it is known; null for a new one
 */
export function manifestView(text: string, before: ManifestValue | null = null): ManifestView {
  const read = readManifest(text)
  if (read.kind === 'unreadable') {
    const nothing = { turnsOnPkce: false, turnsOnRotation: false }
    return { json: text, yaml: text, problems: [problemOf(read)], ...nothing }
  }
  return {
    json: manifestJson(read.value),
    yaml: manifestYaml(read.value),
    problems: ruleProblems(read),
    ...turnedOn(read.value, before),
  }
}

/** What cannot be undone at Slack, and is not so there yet. Source: slack-auth sections 2 and 4. */
export function turnedOn(
  value: ManifestValue,
  before: ManifestValue | null,
): Pick<ManifestView, 'turnsOnPkce' | 'turnsOnRotation'> {
  const now = manifestSettings(value)
  const then = before === null ? null : manifestSettings(before)
  return {
    turnsOnPkce: now.pkce && !then?.pkce,
    turnsOnRotation: now.tokenRotation && !then?.tokenRotation,
  }
}

/** What our own rules say, each with the line of the text that was read. */
export function ruleProblems(read: ReadManifest): ManifestProblem[] {
  return manifestRules(read.value).map((rule) => ruleProblem(rule, read))
}

function ruleProblem(rule: ManifestRule, read: ReadManifest): ManifestProblem {
  const { severity, path, message, advice, replace } = rule
  const line = path.length === 0 ? null : read.lineOf(path)
  return { severity, line, message, advice, replace }
}

/** Why a text cannot be read, as the one problem that it has. */
export function problemOf({ line, message, advice }: UnreadableManifest): ManifestProblem {
  return { severity: 'problem', line, message, advice, replace: null }
}

/** What Slack says, in its own words. */
export function slackProblems(
  errors: readonly ManifestError[],
  read: ReadManifest,
): ManifestProblem[] {
  return errors.map(({ message, pointer }) => ({
    severity: 'problem',
    line: pointer === null ? null : read.lineOf(pathOf(pointer)),
    message,
    advice: pointer === null ? 'Slack does not say where.' : `Slack says this about ${pointer}.`,
    replace: null,
  }))
}
