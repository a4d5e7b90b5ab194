/* Runs a fuzz target over files, without a fuzzer: each file in a process of
 * its own, so that one that crashes does not hide the others.
 *
 *     replay FILE...
 */
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fuzz_target.h"

enum { INPUT_MAX = 1 << 20 };

/* The bytes of a file in a block of exactly that size, so that sanitizers
 * notice a read behind it; NULL if it can't be read. */
static uint8_t *read_input(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	uint8_t *buffer, *exact = NULL;

	if (!file)
		return NULL;
	buffer = malloc(INPUT_MAX);
	if (buffer) {
		*size = fread(buffer, 1, INPUT_MAX, file);
		if (!ferror(file))
			exact = malloc(*size ? *size : 1);
		if (exact)
			memcpy(exact, buffer, *size);
	}
	free(buffer);
	fclose(file);
	return exact;
}

static int run_here(const char *path)
{
	size_t size = 0;
	uint8_t *input = read_input(path, &size);
	int status;

	if (!input) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return 1;
	}
	status = LLVMFuzzerTestOneInput(input, size);
	free(input);
	return status;
}

static int run_apart(const char *path)
{
	int status = 1;
	pid_t child = fork();

	if (child == 0)
		exit(run_here(path));
	if (child < 0 || waitpid(child, &status, 0) < 0)
		perror("replay");
	return status == 0;
}

int main(int argc, char **argv)
{
	int passed = 0, failed = 0;

	for (int i = 1; i < argc; i++) {
		if (run_apart(argv[i])) {
			passed++;
		} else {
			failed++;
			printf("FAIL %s\n", argv[i]);
		}
		fflush(stdout);
	}
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0;
}
