package ui

import (
	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// dress gives an app our theme in a look, with the font if it was built in. A
// wall is read from afar.
func dress(app fyne.App, look page.Look, wall bool) {
	var regular, bold fyne.Resource
	if len(fontRegular) > 0 {
		regular = fyne.NewStaticResource("regular.otf", patchMetrics(fontRegular))
		bold = fyne.NewStaticResource("bold.otf", patchMetrics(fontBold))
	}
	if wall {
		look.Density = theme.Stage
	}
	app.Settings().SetTheme(theme.New(regular, bold, look.Density, look.Strong))
}

// translate gives the toolkit Chinese words for what it says by itself.
func translate() {
	for _, system := range []fyne.Locale{"en", "zh-Hans"} {
		if err := lang.AddTranslationsForLocale([]byte(toolkitWords), system); err != nil {
			fyne.LogError("translate the toolkit", err)
		}
	}
}
