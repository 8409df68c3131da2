/* symbol-dialog.h: finds a symbol among all that are installed, as somebody types. */
#pragma once

#include "library/search.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_SYMBOL_DIALOG (nudge_symbol_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSymbolDialog, nudge_symbol_dialog, NUDGE, SYMBOL_DIALOG, GtkWindow)

/* Signal "chosen" (const char *id): a person wants that symbol. */

/**
 * nudge_symbol_dialog_new:
 * @parent: window that asks
 * @title: what the symbol is for
 * @library: where symbols are read
 *
 * Returns: (transfer none): a dialog, owned by GTK; it finds nothing before it has a search
 */
NudgeSymbolDialog *nudge_symbol_dialog_new (GtkWindow *parent, const char *title, NudgeLibrary *library);

/* From now on it can find something. */
void nudge_symbol_dialog_set_search (NudgeSymbolDialog *self, NudgeSearch *search);
/* Types something. */
void nudge_symbol_dialog_type (NudgeSymbolDialog *self, const char *text);
/* How many symbols it lists. */
guint nudge_symbol_dialog_count (NudgeSymbolDialog *self);
/* Id of one of them. */
const char *nudge_symbol_dialog_get (NudgeSymbolDialog *self, guint row);
/* Chooses one of them. */
void nudge_symbol_dialog_choose (NudgeSymbolDialog *self, guint row);

G_END_DECLS
