#include <stdio.h>

int height(void);

int main(void) {
    printf("%d\n", height());
    return 0;
}
