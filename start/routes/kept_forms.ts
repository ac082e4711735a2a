import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware, pages } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.KeptForms, 'show']).as('show')
    router.post('/', [controllers.KeptForms, 'store']).as('store')
    router.delete('/', [controllers.KeptForms, 'destroy']).as('destroy')
  })
  .prefix('/kept-forms/:id')
  .as('kept_forms')
  .use([...pages, middleware.loggedIn()])
