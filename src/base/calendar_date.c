#include "calendar_date.h"

#include <stdio.h>
#include <time.h>

/* The digits from begin on as a number, -1 if one is none. */
static int digits(struct str text, size_t begin, size_t count)
{
	int value = 0;

	for (size_t i = begin; i < begin + count; i++) {
		if (!ascii_is_digit(text.data[i]))
			return -1;
		value = value * 10 + (text.data[i] - '0');
	}
	return value;
}

static int days_of_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

bool calendar_date_parse(struct str text, calendar_date *date)
{
	int year, month, day;

	if (text.length != strlen("YYYY-MM-DD") || text.data[4] != '-' ||
	    text.data[7] != '-')
		return false;
	year = digits(text, 0, 4);
	month = digits(text, 5, 2);
	day = digits(text, 8, 2);
	if (year < 0 || month < 1 || month > 12 || day < 1 ||
	    day > days_of_month(year, month))
		return false;
	*date = year * 10000 + month * 100 + day;
	return true;
}

const char *calendar_date_text(calendar_date date,
			       char text[CALENDAR_DATE_TEXT])
{
	snprintf(text, CALENDAR_DATE_TEXT, "%04d-%02d-%02d", date / 10000,
		 date / 100 % 100, date % 100);
	return text;
}

calendar_date calendar_date_today(void)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	return (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 + tm.tm_mday;
}
