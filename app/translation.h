/* translation.h: where the program finds its texts in other languages. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes gettext know the catalogues, installed or of the build. Before any text is asked for, after setlocale(). */
void nudge_translation_init (void);

G_END_DECLS
