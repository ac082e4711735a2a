import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware, pages } from '#start/kernel'
import { throttleLogin, throttleLoginByAddress, throttlePassword } from '#start/limits'

/** Everything users change about their own account; future ways to log in belong here too. */
router
  .group(() => {
    router.get('/', [controllers.account.Details, 'show']).as('show')
    router.put('/', [controllers.account.Details, 'update']).as('update').use(middleware.writes())
    router.get('/password', [controllers.account.Passwords, 'edit']).as('password.edit')
    router
      .put('/password', [controllers.account.Passwords, 'update'])
      .as('password.update')
      .use([throttleLogin, throttleLoginByAddress, throttlePassword])
    router.delete('/sessions', [controllers.account.Sessions, 'destroy']).as('sessions.destroy')
    router
      .group(() => {
        router
          .put('/push-subscription', [controllers.account.PushSubscriptions, 'update'])
          .as('update')
        router
          .delete('/push-subscription', [controllers.account.PushSubscriptions, 'destroy'])
          .as('destroy')
      })
      .as('push_subscription')
      .use([middleware.owner(), middleware.writes()])
    router
      .group(() => {
        router.resource('addresses', controllers.account.Addresses).except(['show'])
        router
          .put('/addresses/:id/default', [controllers.account.DefaultAddresses, 'update'])
          .as('addresses.default')
      })
      .use(middleware.writes())
  })
  .prefix('/account')
  .as('account')
  .use([...pages, middleware.loggedIn()])
