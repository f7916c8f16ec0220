//! Names for the crowd: common ones, drawn apart so that none is anybody's.

/// Given names of women and girls.
pub(crate) const WOMEN: [&str; 24] = [
    "Adèle", "Agathe", "Alix", "Anaïs", "Célestine", "Clémence", "Élise", "Fatou", "Gaëlle",
    "Héloïse", "Irène", "Jeanne", "Khadija", "Léonie", "Lina", "Louise", "Maëlys", "Mireille",
    "Nadia", "Ombeline", "Rose", "Salomé", "Thérèse", "Zélie",
];

/// Given names of men and boys.
pub(crate) const MEN: [&str; 24] = [
    "Achille", "Antoine", "Basile", "Côme", "Désiré", "Émile", "Farid", "Félix", "Gaspard",
    "Gaëtan", "Hugo", "Idriss", "Joël", "Jean-Pierre", "Lucien", "Mahé", "Malo", "Mathéo",
    "Octave", "Raphaël", "Samir", "Théo", "Ulysse", "Yves",
];

/// Family names.
pub(crate) const FAMILIES: [&str; 32] = [
    "Abadie", "Arnoux", "Benhamou", "Bérenger", "Boisvert", "Cazenave", "Chastagnol", "D’Aubigny",
    "Delacroix-Petit", "Diop", "Escoffier", "Fontanel", "Gauthey", "Guérin", "Haumont", "Izard",
    "Jaouen", "Kerloc’h", "L’Hermite", "Lachenal", "Mansouri", "Montagnier", "N’Guessan",
    "Ollivier", "Pelletier", "Quéméner", "Rochebrune", "Saint-Aubin", "Tran", "Vasseur", "Weiss",
    "Ybarra",
];
