package ui

import (
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// dress gives an app our theme, with the font if it was built in, and Chinese
// words for what the toolkit says by itself.
func dress(app fyne.App) {
	var regular, bold fyne.Resource
	if len(fontRegular) > 0 {
		regular = fyne.NewStaticResource("regular.otf", patchMetrics(fontRegular))
		bold = fyne.NewStaticResource("bold.otf", patchMetrics(fontBold))
	}
	app.Settings().SetTheme(theme.New(regular, bold, theme.Roomy, false))
	for _, system := range []fyne.Locale{"en", "zh-Hans"} {
		if err := lang.AddTranslationsForLocale([]byte(toolkitWords), system); err != nil {
			fyne.LogError("translate the toolkit", err)
		}
	}
}
