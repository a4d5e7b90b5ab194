#include "failure.h"

#include <stdarg.h>

bool failure_set(struct failure *failure, const char *format, ...)
{
	va_list arguments;

	if (!failure)
		return false;
	va_start(arguments, format);
	vsnprintf(failure->text, sizeof(failure->text), format, arguments);
	va_end(arguments);
	return false;
}
