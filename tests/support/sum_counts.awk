# Sums up programs that close with "N passed, N failed" each. Behind each one
# stands a line "end of NAME"; one that did not close is a failed case. Other
# lines are passed on. Status 1 if anything failed.
/^[0-9]+ passed, [0-9]+ failed$/ {
	passed += $1
	failed += $3
	told = 1
	next
}
/^end of / {
	failed += !told
	told = 0
	next
}
{ print }
END {
	printf "%d passed, %d failed\n", passed, failed
	exit failed > 0
}
