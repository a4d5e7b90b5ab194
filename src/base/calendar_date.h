/* A day of the Gregorian calendar, for what holds until one. */
#ifndef CALENDAR_DATE_H
#define CALENDAR_DATE_H

#include "str.h"

/* year * 10000 + month * 100 + day, so that numbers compare as days do; 0 is
 * no day. */
typedef int calendar_date;

/* Reads YYYY-MM-DD (RFC 3339, full-date). False if that is no day. */
bool calendar_date_parse(struct str text, calendar_date *date)
	__attribute__((warn_unused_result));

/* "2027-01-31". */
enum { CALENDAR_DATE_TEXT = 16 };
const char *calendar_date_text(calendar_date date,
			       char text[CALENDAR_DATE_TEXT]);

/* The day that it is here and now. */
calendar_date calendar_date_today(void);

#endif
