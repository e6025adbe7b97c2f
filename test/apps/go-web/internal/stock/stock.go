// Package stock knows what there is to sell.
package stock

// Items are the names of all goods.
func Items() []string {
	return []string{"tea", "sugar", "lemons"}
}
