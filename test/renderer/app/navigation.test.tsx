import { expect, it } from 'vitest'
import { leavesForm, nextPlace, type Place, START } from '../../../renderer/app/navigation.ts'

const at = (over: Partial<Place>): Place => ({ ...START, ...over })
const form = at({ screen: 'slack-apps', isEditingSlackApp: true, slackAppId: 'a' })

it.each<[string, Place, Partial<Place>, Partial<Place>]>([
  [
    'another screen closes the form and the dialog',
    at({ screen: 'slack-apps', isAddingSlackApp: true, dialog: { kind: 'import' } }),
    { screen: 'settings' },
    { isAddingSlackApp: false, dialog: null, screen: 'settings' },
  ],
  [
    'another screen may open a form at once',
    START,
    { screen: 'slack-apps', isAddingSlackApp: true },
    { isAddingSlackApp: true },
  ],
  [
    'the same screen keeps what is open',
    at({ isDetailOpen: true }),
    { screen: 'workspaces' },
    { isDetailOpen: true },
  ],
  [
    'a workspace ends the selection of an authorization',
    at({ authorizationId: 'auth-1' }),
    { workspaceId: 'w' },
    { workspaceId: 'w', authorizationId: null },
  ],
  [
    'an authorization ends the selection of a workspace and is shown',
    at({ workspaceId: 'w' }),
    { authorizationId: 'auth-1' },
    { workspaceId: null, authorizationId: 'auth-1', isDetailOpen: true },
  ],
  [
    'the form for a new app begins anew',
    at({ screen: 'slack-apps', isAddingSlackApp: true, addingBy: 'manifest' }),
    { isAddingSlackApp: true },
    { isAddingSlackApp: true, addingBy: 'form', addDraft: null },
  ],
  [
    'another screen begins with the overview of an app',
    at({ screen: 'slack-apps', slackAppSegment: 'manifest' }),
    { screen: 'workspaces' },
    { slackAppSegment: 'overview' },
  ],
  [
    'no workspace keeps the authorization',
    at({ authorizationId: 'auth-1' }),
    { workspaceId: null },
    { authorizationId: 'auth-1' },
  ],
])('%s', (_case, place, target, expected) => {
  expect(nextPlace(place, target)).toMatchObject(expected)
})

it.each<[Partial<Place>, boolean]>([
  [{ screen: 'settings' }, true],
  [{ isEditingSlackApp: false }, true],
  [{ slackAppId: 'b' }, true],
  [{ dialog: { kind: 'import' } }, false],
  [{ isDetailOpen: true }, false],
])('from a form, %j leaves it: %s', (target, leaves) => {
  expect(leavesForm(form, nextPlace(form, target))).toBe(leaves)
})

const manifest = at({ screen: 'slack-apps', slackAppSegment: 'manifest', slackAppId: 'a' })

it.each<[Place, Partial<Place>, boolean]>([
  [manifest, { slackAppSegment: 'scopes' }, true],
  [manifest, { slackAppId: 'b' }, true],
  [manifest, { screen: 'settings' }, true],
  [manifest, { isAddingSlackApp: true }, true],
  [manifest, { dialog: { kind: 'import' } }, false],
  [
    at({ screen: 'slack-apps', isAddingSlackApp: true }),
    { isAddingSlackApp: true, addingBy: 'manifest' },
    true,
  ],
  [at({ screen: 'slack-apps', slackAppSegment: 'scopes' }), { slackAppSegment: 'manifest' }, false],
])('%#: an editor is left or not', (place, target, leaves) => {
  expect(leavesForm(place, nextPlace(place, target))).toBe(leaves)
})
