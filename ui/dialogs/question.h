/* question.h: a real question, with verbs for answers. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * nudge_question_async:
 * @parent: window that asks
 * @title: the question
 * @text: what is at stake
 * @answers: (array zero-terminated=1): what its buttons say, mnemonics included; the last one is suggested
 * @callback: called with the answer
 * @data: for @callback
 *
 * Asks; closing the window is the first answer.
 */
void nudge_question_async (GtkWindow *parent, const char *title, const char *text, const char *const *answers,
                           GAsyncReadyCallback callback, gpointer data);

/**
 * nudge_question_finish:
 * @result: as given to the callback
 *
 * Returns: index of the answer
 */
guint nudge_question_finish (GAsyncResult *result);

G_END_DECLS
