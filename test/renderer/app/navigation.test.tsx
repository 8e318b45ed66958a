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
