import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import { makeRoutesOnce, useOnce } from '#start/made_once'

server.errorHandler(() => import('#responses/exception_handler'))

useOnce([
  () => import('#middleware/encoded_bodies_middleware'),
  () => import('#middleware/page_deadline_middleware'),
  () => import('#middleware/host_cookies_middleware'),
  () => import('@adonisjs/cors/cors_middleware'),
  () => import('#middleware/detect_locale_middleware'),
  () => import('#middleware/form_method_middleware'),
])

router.use([
  () => import('#middleware/own_pages_only_middleware'),
  () => import('#middleware/no_files_middleware'),
  () => import('#middleware/readable_body_middleware'),
  () => import('#middleware/trim_fields_middleware'),
  () => import('#middleware/confirmed_middleware'),
  () => import('#middleware/fields_of_body_middleware'),
  () => import('#middleware/settled_writes_middleware'),
])

export const middleware = router.named({
  exclusiveSession: () => import('#middleware/exclusive_session_middleware'),
  session: () => import('#middleware/session_middleware'),
  leftSession: () => import('#middleware/left_session_middleware'),
  initializeAuth: () => import('@adonisjs/auth/initialize_auth_middleware'),
  silentAuth: () => import('#middleware/silent_auth_middleware'),
  privatePages: () => import('#middleware/private_pages_middleware'),
  readYourWrites: () => import('#middleware/read_your_writes_middleware'),
  writes: () => import('#middleware/writes_middleware'),
  pageState: () => import('#middleware/page_state_middleware'),
  switchLanguage: () => import('#middleware/switch_language_middleware'),
  api: () => import('#middleware/api_middleware'),
  token: () => import('#middleware/token_middleware'),
  admin: () => import('#middleware/admin_middleware'),
  role: () => import('#middleware/role_middleware'),
  guest: () => import('#middleware/guest_middleware'),
  loggedIn: () => import('#middleware/logged_in_middleware'),
  owner: () => import('#middleware/owner_middleware'),
  ownShop: () => import('#middleware/own_shop_middleware'),
  listDeadline: () => import('#middleware/list_deadline_middleware'),
})

/** Middleware for pages, not for the API. */
export const pages = [
  middleware.exclusiveSession(),
  middleware.session(),
  middleware.leftSession(),
  middleware.initializeAuth(),
  middleware.silentAuth(),
  middleware.privatePages(),
  middleware.readYourWrites(),
  middleware.pageState(),
  middleware.switchLanguage(),
]

makeRoutesOnce()
