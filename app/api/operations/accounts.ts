import { messageSchema, tokenSchema } from '#api/named_schemas'
import { FORM_BODY, JSON_BODY } from '#api/operations/common'
import { userSchema } from '#transformers/user_transformer'
import { credentialsValidator, registrationValidator } from '#validators/user'
import type { Operations } from '#api/operation'

const CREDENTIALS = { username: 'asha', password: 'Pass@1234' }

export const ACCOUNTS: Operations = {
  'api.accounts.store': {
    summary: 'Register a customer or a shop owner',
    body: {
      validator: registrationValidator,
      types: JSON_BODY,
      example: {
        ...CREDENTIALS,
        role: 'customer',
        full_name: 'Asha Verma',
        address: '12 Station Road, Indore 452001',
        mobile: '9876543210',
      },
    },
    invalid: 400,
    answer: { status: 201, description: 'Registered', schema: messageSchema },
  },
  'api.tokens.store': {
    summary: 'Get a token for a username and a password',
    body: { validator: credentialsValidator, types: FORM_BODY, example: CREDENTIALS },
    answer: { status: 200, description: 'The token; it is shown only once', schema: tokenSchema },
    problems: {
      400: 'Incorrect username or password',
      403: 'The account is blocked, or it is a demo account and these are turned off',
    },
  },
  'api.tokens.destroy': {
    summary: 'Revoke the token of this request',
    answer: { status: 204, description: 'The token is no longer accepted' },
  },
  'api.profile.show': {
    summary: 'The user of the token',
    answer: { status: 200, description: 'The user', schema: userSchema },
  },
}
