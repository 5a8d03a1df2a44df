<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
  <context>
    <name>Sen2ChainTimeSeries</name>
    <message>
      <source>  analysis: {kind}</source>
      <translation>  analyse : {kind}</translation>
    </message>
    <message>
      <source>  compiled files: in {folder}</source>
      <translation>  fichiers compilés : dans {folder}</translation>
    </message>
    <message>
      <source>  copy, in {folder}: {command}</source>
      <translation>  copie, dans {folder} : {command}</translation>
    </message>
    <message>
      <source>  extraction: {folder}</source>
      <translation>  extraction : {folder}</translation>
    </message>
    <message>
      <source>  products already done: {done} of {all}</source>
      <translation>  produits déjà faits : {done} sur {all}</translation>
    </message>
    <message>
      <source>  products to extract from tile {tile}: {count}</source>
      <translation>  produits à extraire de la tuile {tile} : {count}</translation>
    </message>
    <message>
      <source>  raw files: up to {count} in {folder}</source>
      <translation>  fichiers bruts : jusqu’à {count} dans {folder}</translation>
    </message>
    <message>
      <source>'Re-extract existing products' skips nothing.</source>
      <translation>« Extraire à nouveau les produits existants » n’ignore rien.</translation>
    </message>
    <message>
      <source>'{key}' is not a known key</source>
      <translation>« {key} » n’est pas une clé connue</translation>
    </message>
    <message>
      <source>'{key}' is not a known key. Known keys (in lines 'key = value'): {known}.</source>
      <translation>« {key} » n’est pas une clé connue. Clés connues (lignes « clé = valeur ») : {known}.</translation>
    </message>
    <message>
      <source>'{layer}' cannot be the layer of a job: {what}. A job reads the file itself at every run: export the layer into a file of its own (Export &gt; Save Features As), and give that.</source>
      <translation>« {layer} » ne peut pas être la couche d’un travail : {what}. Un travail lit le fichier lui-même à chaque exécution : exportez la couche dans un fichier à part (Exporter &gt; Sauvegarder les entités sous), et donnez celui-ci.</translation>
    </message>
    <message>
      <source>'{name}' cannot be the name of a job. A name has 1 to 64 characters: letters without accents, digits, _ and -; it starts with a letter or a digit, and is not a device of Windows (CON, NUL, COM1…).</source>
      <translation>« {name} » ne peut pas être le nom d’un travail. Un nom a de 1 à 64 caractères : lettres sans accent, chiffres, _ et - ; il commence par une lettre ou un chiffre, et n’est pas un périphérique de Windows (CON, NUL, COM1…).</translation>
    </message>
    <message>
      <source>'{name}' is already given in line {first}. Keep one of the two.</source>
      <translation>« {name} » est déjà donné à la ligne {first}. Gardez l’un des deux.</translation>
    </message>
    <message>
      <source>'{setting}' has another form</source>
      <translation>« {setting} » a une autre forme</translation>
    </message>
    <message>
      <source>'{target}' cannot be the target of a copy. It has the form user@server:path; the path takes letters, digits, spaces within, and . / _ + = , @ % -, does not start with - and has no '..'. Nothing was started.</source>
      <translation>« {target} » ne peut pas être la cible d’une copie. Elle est de la forme utilisateur@serveur:chemin ; le chemin accepte les lettres, les chiffres, les espaces (sauf au début et à la fin) et . / _ + = , @ % -, ne commence pas par - et ne contient pas « .. ». Rien n’a été lancé.</translation>
    </message>
    <message>
      <source>'{text}' is not a date such as 2021-01-31</source>
      <translation>« {text} » n’est pas une date telle que 2021-01-31</translation>
    </message>
    <message>
      <source>'{timing}' is not a cron timing: the {field} is '{text}', expected {expected}.</source>
      <translation>« {timing} » n’est pas un horaire cron : pour le champ « {field} », la valeur est « {text} », attendu : {expected}.</translation>
    </message>
    <message>
      <source>'{timing}' never occurs: no month has that day. Choose another day.</source>
      <translation>« {timing} » ne se produit jamais : aucun mois n’a ce jour. Choisissez un autre jour.</translation>
    </message>
    <message>
      <source>'{value}' cannot be the layer of a job: it takes the full path of a vector file (or path|layername=name), without # and !, which have a meaning of their own in a job file; rename the file or its folder.</source>
      <translation>« {value} » ne peut pas être la couche d’un travail : il faut le chemin complet d’un fichier vecteur (ou chemin|layername=nom), sans # ni !, qui ont un sens particulier dans un fichier de travail ; renommez le fichier ou son dossier.</translation>
    </message>
    <message>
      <source>*, {values}, 1-5, */2 or a list of these with commas</source>
      <translation>*, {values}, 1-5, */2 ou une liste de ces formes, séparées par des virgules</translation>
    </message>
    <message>
      <source>0 to 1</source>
      <translation>0 à 1</translation>
    </message>
    <message>
      <source>0 to 100</source>
      <translation>0 à 100</translation>
    </message>
    <message>
      <source>0 to less than WINDOW_DAYS</source>
      <translation>de 0 à moins que WINDOW_DAYS</translation>
    </message>
    <message>
      <source>0.5 to 0.99</source>
      <translation>0,5 à 0,99</translation>
    </message>
    <message>
      <source>1 product</source>
      <translation>1 produit</translation>
    </message>
    <message>
      <source>1 to 12. Before the first month: a range over the turn of the year, which belongs to the year in which it begins.</source>
      <translation>1 à 12. Avant le premier mois : un intervalle à cheval sur deux années, qui appartient à l’année où il commence.</translation>
    </message>
    <message>
      <source>1 to 12: the first month that counts.</source>
      <translation>1 à 12 : le premier mois qui compte.</translation>
    </message>
    <message>
      <source>1 to 12; 7 for the southern hemisphere. A year is called after the one in which it begins.</source>
      <translation>1 à 12 ; 7 pour l’hémisphère sud. Une année porte le nom de celle où elle commence.</translation>
    </message>
    <message>
      <source>1 to 64 letters without accents, digits, _ and -; it starts with a letter or a digit.</source>
      <translation>De 1 à 64 caractères : lettres sans accent, chiffres, _ et - ; le premier est une lettre ou un chiffre.</translation>
    </message>
    <message>
      <source>10 % to 90 % of the zones</source>
      <translation>de 10 % à 90 % des zones</translation>
    </message>
    <message>
      <source>A Sen2Chain data folder (it holds INDICES), or a folder that holds sen2chain_data/config/config.cfg. Empty: the folder that the variable SEN2CHAIN_HOMEPATH names, else your home folder.</source>
      <translation>Un dossier de données Sen2Chain (il contient INDICES), ou un dossier qui contient sen2chain_data/config/config.cfg. Vide : le dossier que désigne la variable SEN2CHAIN_HOMEPATH, sinon votre dossier personnel.</translation>
    </message>
    <message>
      <source>A buffer of {metres} m leaves nothing of any zone of {layer}. Take a smaller one, or SMALL = keep, which uses such zones as they are.</source>
      <translation>Un tampon de {metres} m ne laisse rien d’aucune zone de {layer}. Prenez un tampon plus petit, ou SMALL = keep, qui utilise ces zones telles quelles.</translation>
    </message>
    <message>
      <source>A buffer of {metres} m leaves nothing of {number} of {all} zones, which are used without it: {zones}</source>
      <translation>Un tampon de {metres} m ne laisse rien de {number} zones sur {all}, qui sont utilisées sans lui : {zones}</translation>
    </message>
    <message>
      <source>A buffer of {metres} m leaves nothing of {number} of {all} zones, which have no rows: {zones}</source>
      <translation>Un tampon de {metres} m ne laisse rien de {number} zones sur {all}, qui n’ont pas de lignes : {zones}</translation>
    </message>
    <message>
      <source>A curve is drawn through the dates of each zone, as Smooth does. A season is a peak of the curve between two lows, when it is high enough. It starts and ends where the curve passes a part of the way from the low to the peak, or where it is steepest.

flags: gap where a season has a long time without observation, edge where the curve begins or ends within it. Not for forests that stay green, and not for zones with a date a month: dates between observations are the curve's, not the field's.

The layer shows when seasons start. The files are in analysis_data of the extraction.</source>
      <translation>Une courbe est tracée à travers les dates de chaque zone, comme le fait Lisser. Une saison est un pic de la courbe entre deux creux, s’il est assez haut. Elle commence et finit là où la courbe franchit une certaine part de la montée du creux au pic, ou là où la pente est la plus forte.

flags : gap si une saison comprend une longue période sans observation, edge si la courbe commence ou finit pendant la saison. Ne convient ni aux forêts toujours vertes, ni aux zones qui ont une date par mois : les dates situées entre les observations sont celles de la courbe, non celles de la parcelle.

La couche montre quand les saisons commencent. Les fichiers se trouvent dans le dossier analysis_data de l’extraction.</translation>
    </message>
    <message>
      <source>A date such as 2021-01-31, today, today-30 (30 days before the run), or empty: no limit.</source>
      <translation>Une date telle que 2021-01-31, today (aujourd’hui), today-30 (30 jours avant l’exécution), ou vide : pas de limite.</translation>
    </message>
    <message>
      <source>A folder NAME_CHECKSUM/plots is made in it, with a folder for each cloud mask. Empty: in the extraction itself.</source>
      <translation>Un dossier NOM_SOMME/plots y est créé, avec un sous-dossier par masque de nuages. Vide : dans l’extraction elle-même.</translation>
    </message>
    <message>
      <source>A folder NAME_CHECKSUM/quicklooks is made in it. Empty: in the extraction itself.</source>
      <translation>Un dossier NOM_SOMME/quicklooks y est créé. Vide : dans l’extraction elle-même.</translation>
    </message>
    <message>
      <source>A folder named like the layer is made in it. Empty: the time series folder of the library.</source>
      <translation>Un dossier du nom de la couche y est créé. Vide : le dossier des séries temporelles de la bibliothèque.</translation>
    </message>
    <message>
      <source>A job is a list of tasks: a layer, dates, cloud masks and indices to extract, periods to compile, a server to copy to. 'Run a job' runs it, 'Schedule a job' makes it run by itself.

The job is a text file that Sen2Chain reads and writes too, in sen2chain_data/config/jobs_extr, or jobs_extr of a bare data folder. Without a layer the task is a line to complete by hand.

Mode 'append' adds a task to the job, and a task number changes that task: what is not given keeps its value. Comments and other lines of the file stay as they are.</source>
      <translation>Un travail est une liste de tâches : une couche, des dates, des masques de nuages et des indices à extraire, des périodes à compiler, un serveur où copier. « Exécuter un travail » le lance, « Planifier un travail » le fait s’exécuter tout seul.

Le travail est un fichier texte que Sen2Chain lit et écrit aussi, dans sen2chain_data/config/jobs_extr, ou dans jobs_extr si la bibliothèque est un simple dossier de données. Sans couche, la tâche est une ligne à compléter à la main.

Le mode « append » ajoute une tâche au travail, et un numéro de tâche modifie cette tâche : ce qui n’est pas donné garde sa valeur. Les commentaires et les autres lignes du fichier restent telles quelles.</translation>
    </message>
    <message>
      <source>A new or an empty folder, or an earlier sample library, which is replaced; extractions in it stay. A folder that holds anything else is refused.</source>
      <translation>Un dossier nouveau ou vide, ou une bibliothèque d’exemple antérieure, qui est alors remplacée ; les extractions qui s’y trouvent sont conservées. Un dossier qui contient autre chose est refusé.</translation>
    </message>
    <message>
      <source>A row counts only when at least this share of the zone's pixels is valid.</source>
      <translation>Une ligne ne compte que si la part de pixels valides de la zone atteint au moins cette valeur.</translation>
    </message>
    <message>
      <source>A row counts only when it has at least this many valid pixels.</source>
      <translation>Une ligne ne compte que si elle a au moins ce nombre de pixels valides.</translation>
    </message>
    <message>
      <source>A row counts only when it has less than this, in % of the most pixels the zone ever has.</source>
      <translation>Une ligne ne compte que si sa part de pixels sans donnée est inférieure à cette valeur, en % du plus grand nombre de pixels que la zone ait jamais eu.</translation>
    </message>
    <message>
      <source>A row per tile, index and cloud mask, with the footprint of the tile.</source>
      <translation>Une ligne par tuile, indice et masque de nuages, avec l’emprise de la tuile.</translation>
    </message>
    <message>
      <source>A small picture of the zone on each of its dates, above the chart; click one to go to its day</source>
      <translation>Une vignette de la zone à chacune de ses dates, au-dessus du graphique ; un clic va à ce jour</translation>
    </message>
    <message>
      <source>A vector file of any kind and CRS (file.gpkg|layername=name for one layer of several). It is read when the job runs. Empty: a line to complete by hand.</source>
      <translation>Un fichier vecteur de tout type et de tout SCR (fichier.gpkg|layername=nom pour une couche parmi plusieurs). Il est lu quand le travail s’exécute. Vide : une ligne à compléter à la main.</translation>
    </message>
    <message>
      <source>A vector layer of any kind and CRS: polygons, lines or points. When features are selected and 'Selected features only' is ticked, only these are zones.</source>
      <translation>Une couche vecteur de tout type et de tout SCR : polygones, lignes ou points. Si des entités sont sélectionnées et que « Entité(s) sélectionnée(s) uniquement » est coché, elles seules sont des zones.</translation>
    </message>
    <message>
      <source>A vector layer, as for Extract: the inventory is then of the tiles it meets, and says what is already extracted for it. Empty: all tiles.</source>
      <translation>Une couche vecteur, comme pour Extraire : l’inventaire porte alors sur les tuiles que ses zones intersectent, et indique ce qui est déjà extrait pour elle. Vide : toutes les tuiles.</translation>
    </message>
    <message>
      <source>A year begins in</source>
      <translation>Mois où commence une année</translation>
    </message>
    <message>
      <source>Acquisitions</source>
      <translation>Acquisitions</translation>
    </message>
    <message>
      <source>Acquisitions in all years, 4 to 146 a year; they fall on days on which the satellites really passed.</source>
      <translation>Nombre d’acquisitions sur toutes les années, de 4 à 146 par an ; elles tombent les jours où les satellites sont vraiment passés.</translation>
    </message>
    <message>
      <source>Action</source>
      <translation>Action</translation>
    </message>
    <message>
      <source>Add a row to the table for each mask that could be applied while reading (-VRT, SCL, PRB, NOMASK); the column how says from what, and how many products have it from that. The report always lists them.</source>
      <translation>Ajouter à la table une ligne pour chaque masque applicable à la lecture (-VRT, SCL, PRB, NOMASK) ; la colonne how indique à partir de quoi, et pour combien de produits. Le rapport les liste toujours.</translation>
    </message>
    <message>
      <source>Add a task to the job…</source>
      <translation>Ajouter une tâche au travail…</translation>
    </message>
    <message>
      <source>Add the zones to the map</source>
      <translation>Ajouter les zones à la carte</translation>
    </message>
    <message>
      <source>Address of the scheduler of a running Dask cluster, such as tcp://host:8786, whose workers do the work instead of this computer; library and results have the same paths there. Empty: work here. The result is the same.</source>
      <translation>Adresse du scheduler d’un cluster Dask en marche, telle que tcp://host:8786, dont les workers font le travail à la place de cet ordinateur ; la bibliothèque et les résultats y ont les mêmes chemins. Vide : travailler ici. Le résultat est le même.</translation>
    </message>
    <message>
      <source>Aggregate</source>
      <translation>Agréger</translation>
    </message>
    <message>
      <source>Aggregates the dates of each zone into weeks, dekads, months, seasons or years.</source>
      <translation>Agrège les dates de chaque zone en semaines, décades, mois, saisons ou années.</translation>
    </message>
    <message>
      <source>All dates</source>
      <translation>Toutes les dates</translation>
    </message>
    <message>
      <source>All settings…</source>
      <translation>Tous les réglages…</translation>
    </message>
    <message>
      <source>All tiles</source>
      <translation>Toutes les tuiles</translation>
    </message>
    <message>
      <source>Already extracted</source>
      <translation>Déjà extraits</translation>
    </message>
    <message>
      <source>Already extracted: the extraction has an intact CSV of it, and the raster is still the same. Skipped.</source>
      <translation>Déjà extraits : l’extraction en possède un CSV intact, et le raster n’a pas changé. Ignorés.</translation>
    </message>
    <message>
      <source>Also draw plot-global and plot-details as PNG; without them the report alone is written, in seconds.</source>
      <translation>Dessiner aussi plot-global et plot-details en PNG ; sans eux, le rapport seul est écrit, en quelques secondes.</translation>
    </message>
    <message>
      <source>Also put all rows into a layer, with the geometry of their zones, ready for the temporal controller. Choose a file: a temporary layer is empty when the project is opened again.</source>
      <translation>Écrire aussi toutes les lignes dans une couche, avec la géométrie de leurs zones, prête pour le contrôleur temporel. Choisissez un fichier : une couche temporaire est vide quand le projet est rouvert.</translation>
    </message>
    <message>
      <source>Also put the rows into a layer, each with the geometry of its zone. Choose a file: a temporary layer is empty when the project is opened again.</source>
      <translation>Écrire aussi les lignes dans une couche, chacune avec la géométrie de sa zone. Choisissez un fichier : une couche temporaire est vide quand le projet est rouvert.</translation>
    </message>
    <message>
      <source>Also put the rows into a layer, with the geometry of their zones, ready for the temporal controller.</source>
      <translation>Écrire aussi les lignes dans une couche, avec la géométrie de leurs zones, prête pour le contrôleur temporel.</translation>
    </message>
    <message>
      <source>Also put the rows of this run into a layer, each with the geometry of its zone. Choose a file: a temporary layer is empty when the project is opened again.</source>
      <translation>Écrire aussi les lignes de cette exécution dans une couche, chacune avec la géométrie de sa zone. Choisissez un fichier : une couche temporaire est vide quand le projet est rouvert.</translation>
    </message>
    <message>
      <source>Also put the wide table into a layer without geometry, or a file such as XLSX or CSV.</source>
      <translation>Écrire aussi la table large dans une couche sans géométrie, ou dans un fichier tel que XLSX ou CSV.</translation>
    </message>
    <message>
      <source>Also write L2A products as they are downloaded, into the folder L2A: bands, scene classification, cloud probability and metadata, with and without the offset of processing baseline 04.00. They take three times the room of the rest.</source>
      <translation>Écrire aussi les produits L2A tels qu’ils sont téléchargés, dans le dossier L2A : bandes, classification de scène, probabilité de nuage et métadonnées, avec et sans le décalage de la version de traitement (baseline) 04.00. Ils prennent trois fois la place du reste.</translation>
    </message>
    <message>
      <source>Also write a file with a row per zone and a column per period; none: no such file.</source>
      <translation>Écrire aussi un fichier avec une ligne par zone et une colonne par période ; none : pas de fichier de ce type.</translation>
    </message>
    <message>
      <source>Also write smoothed series (Savitzky-Golay); needs files to compile.</source>
      <translation>Écrire aussi des séries lissées (Savitzky-Golay) ; nécessite des fichiers à compiler.</translation>
    </message>
    <message>
      <source>Also write smoothed time series, a value every 5 days. Needs scipy. Those of all data are always written then, in addition to those of the periods.</source>
      <translation>Écrire aussi des séries temporelles lissées, une valeur tous les 5 jours. Nécessite scipy. Celles de toutes les données sont alors toujours écrites, en plus de celles des périodes.</translation>
    </message>
    <message>
      <source>Amplitude</source>
      <translation>Amplitude</translation>
    </message>
    <message>
      <source>An HTML page that needs no network: totals, a calendar, what Extract would do, what is missing.</source>
      <translation>Une page HTML qui n’a pas besoin du réseau : totaux, calendrier, ce que ferait Extraire, ce qui manque.</translation>
    </message>
    <message>
      <source>An attribute of the zones, for titles and file names; empty: their numbers (FID0, FID1…).</source>
      <translation>Un attribut des zones, pour les titres et les noms de fichiers ; vide : leurs numéros (FID0, FID1…).</translation>
    </message>
    <message>
      <source>An attribute such as the crop or the farm: the report has a group for each value, which begins a page of its own when it is printed. Empty: guessed from the names of the fields.</source>
      <translation>Un attribut comme la culture ou l’exploitation : le rapport a un groupe par valeur, qui commence une nouvelle page à l’impression. Vide : deviné d’après les noms des champs.</translation>
    </message>
    <message>
      <source>An observation that is lower than both its neighbours by more than this is left out, as a cloud that the mask missed; for some indices also one that is higher. 0: none is.</source>
      <translation>Une observation plus basse que ses deux voisines de plus que cette valeur est écartée, comme un nuage que le masque n’a pas vu ; pour certains indices, une observation plus haute l’est aussi. 0 : rien n’est écarté.</translation>
    </message>
    <message>
      <source>An odd number.</source>
      <translation>Un nombre impair.</translation>
    </message>
    <message>
      <source>An odd number. Zones with fewer dates are not smoothed; the log names them.</source>
      <translation>Un nombre impair. Les zones qui ont moins de dates ne sont pas lissées ; le journal en donne la liste.</translation>
    </message>
    <message>
      <source>Analyses after the compile</source>
      <translation>Analyses après la compilation</translation>
    </message>
    <message>
      <source>Analyses of the rows that the task extracts, each with its defaults. On the command line: {names}.</source>
      <translation>Analyses des lignes que la tâche extrait, chacune avec ses valeurs par défaut. En ligne de commande : {names}.</translation>
    </message>
    <message>
      <source>Analysis</source>
      <translation>Analyse</translation>
    </message>
    <message>
      <source>Analysis data</source>
      <translation>Données d’analyse</translation>
    </message>
    <message>
      <source>Anomaly</source>
      <translation>Anomalie</translation>
    </message>
    <message>
      <source>Any whole number; another one gives other fields and other clouds.</source>
      <translation>Un nombre entier quelconque ; un autre nombre donne d’autres parcelles et d’autres nuages.</translation>
    </message>
    <message>
      <source>Appears in the names of the files (CC100), as in Sen2Chain. It leaves out no row; of the smoothing's statistics, it leaves out what has more pixels without data than this.</source>
      <translation>Figure dans les noms des fichiers (CC100), comme dans Sen2Chain. N’écarte aucune ligne ; écarte des statistiques du lissage ce qui a plus de pixels sans donnée que cette valeur.</translation>
    </message>
    <message>
      <source>Applied while reading, without a masked raster: any of these with -VRT, SCL or SCL-3-8-9-10 (classes of the scene classification), PRB-50 (cloud probability in %), each also with a dilation in metres, as in SCL-DIL40, and NOMASK. Empty: {library}, or {l2a} where the indices come from L2A products.</source>
      <translation>Appliqués à la lecture, sans raster masqué : chacun de ceux-ci avec -VRT, SCL ou SCL-3-8-9-10 (classes de la classification de scène), PRB-50 (probabilité de nuage en %), aussi avec une dilatation en mètres, comme dans SCL-DIL40, et NOMASK. Vide : {library}, ou {l2a} si les indices viennent de produits L2A.</translation>
    </message>
    <message>
      <source>Apr</source>
      <translation>avr.</translation>
    </message>
    <message>
      <source>As Sen2Chain smooths it, on every fifth day</source>
      <translation>Telles que Sen2Chain les lisse, tous les cinq jours</translation>
    </message>
    <message>
      <source>As in the layer</source>
      <translation>Comme dans la couche</translation>
    </message>
    <message>
      <source>Aug</source>
      <translation>août</translation>
    </message>
    <message>
      <source>BUFFER needs GDAL's own Python bindings, which QGIS has, or shapely, and neither is installed for this Python ({reason}). Install shapely, or leave BUFFER at 0. To install it: {install}</source>
      <translation>BUFFER nécessite les liaisons Python de GDAL, que QGIS possède, ou shapely ; ni les unes ni l’autre ne sont installées pour ce Python ({reason}). Installez shapely, ou laissez BUFFER à 0. Pour l’installer : {install}</translation>
    </message>
    <message>
      <source>Band of the quartiles</source>
      <translation>Bande des quartiles</translation>
    </message>
    <message>
      <source>Before a long run: which tiles, indices, cloud masks and dates there are, how many rasters, how many of them lack their cloud probability, and which products lack a mask that others have. With a layer, only for the tiles that its zones meet, and with what Extract would skip and why.

The table has a row per tile, index and cloud mask, with the footprint of the tile; masks that could be applied while reading are counted in the report, and in the table if you ask for it. The report is an HTML page of its own, with a calendar. Nothing is decoded and nothing of the library is changed; 20 000 products take a few seconds.</source>
      <translation>Avant une longue exécution : quelles tuiles, quels indices, masques de nuages et dates existent, combien de rasters, combien n’ont pas de probabilité de nuage, et à quels produits manque un masque que d’autres possèdent. Avec une couche, seulement pour les tuiles que ses zones intersectent, et avec ce qu’Extraire ignorerait et pourquoi.

La table a une ligne par tuile, indice et masque de nuages, avec l’emprise de la tuile ; les masques applicables à la lecture sont comptés dans le rapport, et dans la table si vous le demandez. Le rapport est une page HTML autonome, avec un calendrier. Rien n’est décodé et rien n’est modifié dans la bibliothèque ; 20 000 produits prennent quelques secondes.</translation>
    </message>
    <message>
      <source>Buffer around the zones (m)</source>
      <translation>Tampon autour des zones (m)</translation>
    </message>
    <message>
      <source>By name</source>
      <translation>Par nom</translation>
    </message>
    <message>
      <source>Calendar</source>
      <translation>Calendrier</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Cancelled.</source>
      <translation>Annulé.</translation>
    </message>
    <message>
      <source>Cancelled. Files that were finished before are whole, and are kept.</source>
      <translation>Annulé. Les fichiers terminés auparavant sont entiers, et conservés.</translation>
    </message>
    <message>
      <source>Cancelled. Products that were extracted are kept: run it again to extract the others.</source>
      <translation>Annulé. Les produits déjà extraits sont conservés : relancez pour extraire les autres.</translation>
    </message>
    <message>
      <source>Cannot be read</source>
      <translation>Illisible</translation>
    </message>
    <message>
      <source>Cannot find qgis_process, which a schedule needs to run a job; looked in {places}. Install it (it is part of QGIS), or put its folder on the PATH.</source>
      <translation>qgis_process, dont une planification a besoin pour exécuter un travail, est introuvable ; cherché dans {places}. Installez-le (il fait partie de QGIS), ou ajoutez son dossier au PATH.</translation>
    </message>
    <message>
      <source>Cannot read the job {path}: {reason}.</source>
      <translation>Impossible de lire le travail {path} : {reason}.</translation>
    </message>
    <message>
      <source>Cannot read the zones of the extraction, {path}: the table needs them. Restore shp_files from a copy, or extract again.</source>
      <translation>Impossible de lire les zones de l’extraction, {path} : la table en a besoin. Restaurez shp_files depuis une copie, ou refaites l’extraction.</translation>
    </message>
    <message>
      <source>Cannot read {path} ({reason}): compiled files that are out of date will stay.</source>
      <translation>Impossible de lire {path} ({reason}) : les fichiers compilés périmés resteront.</translation>
    </message>
    <message>
      <source>Cannot read {path} ({reason}): files of earlier analyses will stay.</source>
      <translation>Impossible de lire {path} ({reason}) : les fichiers d’analyses antérieures resteront.</translation>
    </message>
    <message>
      <source>Cannot read {path} as a vector layer: {reason}.</source>
      <translation>Impossible de lire {path} comme une couche vecteur : {reason}.</translation>
    </message>
    <message>
      <source>Cannot read {path}: {reason}</source>
      <translation>Impossible de lire {path} : {reason}</translation>
    </message>
    <message>
      <source>Cannot read {path}: {reason}.</source>
      <translation>Impossible de lire {path} : {reason}.</translation>
    </message>
    <message>
      <source>Cannot read {path}: {reason}. Correct that line, or give the data folder itself as the library.</source>
      <translation>Impossible de lire {path} : {reason}. Corrigez cette ligne, ou donnez le dossier de données lui-même comme bibliothèque.</translation>
    </message>
    <message>
      <source>Cannot smooth with a window of {window_length} dates and polynomials of order {polyorder}: {reason}. The window should be an odd number greater than the order.</source>
      <translation>Impossible de lisser avec une fenêtre de {window_length} dates et des polynômes de degré {polyorder} : {reason}. La fenêtre doit être un nombre impair plus grand que le degré.</translation>
    </message>
    <message>
      <source>Cannot use the settings of the analyses: {reason}. They are written like smooth.STEP=10; aggregate.PERIOD=dekad.</source>
      <translation>Les réglages des analyses sont inutilisables : {reason}. Ils s’écrivent comme smooth.STEP=10; aggregate.PERIOD=dekad.</translation>
    </message>
    <message>
      <source>Cannot use {path}: {reason}. Correct the file, or delete it to run the job without analyses.</source>
      <translation>Impossible d’utiliser {path} : {reason}. Corrigez le fichier, ou supprimez-le pour exécuter le travail sans analyses.</translation>
    </message>
    <message>
      <source>Cannot write {path}: {reason}. Nothing half written was left. Make room there or get the right to write, then run again.</source>
      <translation>Impossible d’écrire {path} : {reason}. Aucun fichier à moitié écrit n’a été laissé. Libérez-y de l’espace ou obtenez le droit d’y écrire, puis relancez.</translation>
    </message>
    <message>
      <source>Cannot write {path}: {reason}. The run continues.</source>
      <translation>Impossible d’écrire {path} : {reason}. L’exécution continue.</translation>
    </message>
    <message>
      <source>Changed since</source>
      <translation>Modifiés depuis</translation>
    </message>
    <message>
      <source>Changed since: the raster was replaced, or its CSV is gone. Extracted again.</source>
      <translation>Modifiés depuis : le raster a été remplacé, ou son CSV a disparu. Extraits à nouveau.</translation>
    </message>
    <message>
      <source>Chart of the time series</source>
      <translation>Graphique des séries temporelles</translation>
    </message>
    <message>
      <source>Choose a folder…</source>
      <translation>Choisir un dossier…</translation>
    </message>
    <message>
      <source>Choose among those you know (Alt+Down)</source>
      <translation>Choisir parmi ceux que vous connaissez (Alt+Bas)</translation>
    </message>
    <message>
      <source>Choose an extraction</source>
      <translation>Choisir une extraction</translation>
    </message>
    <message>
      <source>Choose an extraction first.</source>
      <translation>Choisissez d’abord une extraction.</translation>
    </message>
    <message>
      <source>Choose an extraction to see its time series.
When Extract or Compile ends, its extraction appears here by itself.</source>
      <translation>Choisissez une extraction pour voir ses séries temporelles.
Quand Extraire ou Compiler se termine, son extraction apparaît ici d’elle-même.</translation>
    </message>
    <message>
      <source>Choose from a list (Alt+Down)</source>
      <translation>Choisir dans une liste (Alt+Bas)</translation>
    </message>
    <message>
      <source>Choose the folder of an extraction</source>
      <translation>Choisir le dossier d’une extraction</translation>
    </message>
    <message>
      <source>Clear (%)</source>
      <translation>Dégagé (%)</translation>
    </message>
    <message>
      <source>Click a point of the chart: the map shows the index of that day below the zones, clouds hatched</source>
      <translation>Cliquez sur un point du graphique : la carte montre l’indice de ce jour sous les zones, les nuages étant hachurés</translation>
    </message>
    <message>
      <source>Click a zone, or drag a rectangle; with Shift or Ctrl to add or take away</source>
      <translation>Cliquez sur une zone, ou tracez un rectangle ; avec Maj ou Ctrl pour ajouter ou retirer</translation>
    </message>
    <message>
      <source>Cloud cover</source>
      <translation>Couverture nuageuse</translation>
    </message>
    <message>
      <source>Cloud mask</source>
      <translation>Masque de nuages</translation>
    </message>
    <message>
      <source>Cloud mask {mask} does not go with indices from {source}: {reason}. Masks that are applied while reading do: SCL, PRB-50, NOMASK, CM001-VRT.</source>
      <translation>Le masque de nuages {mask} ne va pas avec des indices de la source {source} : {reason}. Les masques appliqués à la lecture conviennent : SCL, PRB-50, NOMASK, CM001-VRT.</translation>
    </message>
    <message>
      <source>Cloud masks</source>
      <translation>Masques de nuages</translation>
    </message>
    <message>
      <source>Cloud masks that dialogs offer</source>
      <translation>Masques de nuages proposés par les fenêtres de traitement</translation>
    </message>
    <message>
      <source>Cloud probability (%)</source>
      <translation>Probabilité de nuage (%)</translation>
    </message>
    <message>
      <source>Clouds</source>
      <translation>Nuages</translation>
    </message>
    <message>
      <source>Cloudy pixels</source>
      <translation>Pixels nuageux</translation>
    </message>
    <message>
      <source>Cloudy pixels (%)</source>
      <translation>Pixels nuageux (%)</translation>
    </message>
    <message>
      <source>Colour observations by clouds</source>
      <translation>Colorer les observations selon les nuages</translation>
    </message>
    <message>
      <source>Colours: {field}</source>
      <translation>Couleurs : {field}</translation>
    </message>
    <message>
      <source>Column '{column}' of the table holds '{value}': {wanted}.</source>
      <translation>La colonne « {column} » du tableau contient « {value} » ; attendu : {wanted}.</translation>
    </message>
    <message>
      <source>Command: {command}</source>
      <translation>Commande : {command}</translation>
    </message>
    <message>
      <source>Compare a year with the others only; else it is among its own reference years.</source>
      <translation>Comparer une année aux autres seulement ; sinon, elle fait partie de ses propres années de référence.</translation>
    </message>
    <message>
      <source>Compares each month, week, dekad or season of a zone with the same one of other years.</source>
      <translation>Compare chaque mois, semaine, décade ou saison d’une zone avec la même période des autres années.</translation>
    </message>
    <message>
      <source>Compares each season of a zone with the same one of other years, on smoothed curves.</source>
      <translation>Compare chaque saison d’une zone avec la même saison des autres années, sur des courbes lissées.</translation>
    </message>
    <message>
      <source>Compile</source>
      <translation>Compiler</translation>
    </message>
    <message>
      <source>Compiled data</source>
      <translation>Données compilées</translation>
    </message>
    <message>
      <source>Compiles the raw data of an extraction into time series, one file per period.</source>
      <translation>Compile les données brutes d’une extraction en séries temporelles, un fichier par période.</translation>
    </message>
    <message>
      <source>Compile…</source>
      <translation>Compiler…</translation>
    </message>
    <message>
      <source>Completeness</source>
      <translation>Complétude</translation>
    </message>
    <message>
      <source>Compute every product again at every run.</source>
      <translation>Recalculer tous les produits à chaque exécution.</translation>
    </message>
    <message>
      <source>Compute every product again, instead of skipping those that are done.</source>
      <translation>Recalculer tous les produits, au lieu d’ignorer ceux qui sont faits.</translation>
    </message>
    <message>
      <source>Computes masked statistics of zones and compiles them into time series, in one go.</source>
      <translation>Calcule des statistiques zonales masquées et les compile en séries temporelles, en une seule fois.</translation>
    </message>
    <message>
      <source>Computes masked statistics of zones and their means by month, as a layer and as a spreadsheet.</source>
      <translation>Calcule des statistiques zonales masquées et leurs moyennes par mois, dans une couche et dans un tableur.</translation>
    </message>
    <message>
      <source>Computes masked statistics of zones for every date of a Sen2Chain library.</source>
      <translation>Calcule des statistiques zonales masquées pour chaque date d’une bibliothèque Sen2Chain.</translation>
    </message>
    <message>
      <source>Computes masked statistics of zones, compiles them, and draws a curve through the dates of each zone.</source>
      <translation>Calcule des statistiques zonales masquées, les compile, et trace une courbe à travers les dates de chaque zone.</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>Continuer</translation>
    </message>
    <message>
      <source>Copy the chart</source>
      <translation>Copier le graphique</translation>
    </message>
    <message>
      <source>Copy the values</source>
      <translation>Copier les valeurs</translation>
    </message>
    <message>
      <source>Copy to</source>
      <translation>Copier vers</translation>
    </message>
    <message>
      <source>Correct what is marked above.</source>
      <translation>Corrigez ce qui est signalé ci-dessus.</translation>
    </message>
    <message>
      <source>DASK_SCHEDULER needs the Python package distributed, which is not installed for this Python ({reason}). Install it in the version of the cluster (Debian, Ubuntu: apt install python3-distributed).</source>
      <translation>DASK_SCHEDULER nécessite le paquet Python distributed, qui n’est pas installé pour ce Python ({reason}). Installez-le dans la même version que le cluster (Debian, Ubuntu : apt install python3-distributed).</translation>
    </message>
    <message>
      <source>Damaged raw files, left out: {files}</source>
      <translation>Fichiers bruts endommagés, écartés : {files}</translation>
    </message>
    <message>
      <source>Dask scheduler</source>
      <translation>Scheduler Dask</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Date</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Dates</translation>
    </message>
    <message>
      <source>Dates asked for</source>
      <translation>Dates demandées</translation>
    </message>
    <message>
      <source>Dates of 5 days, an odd number: the longer, the smoother.</source>
      <translation>Nombre impair de dates espacées de 5 jours : plus la fenêtre est longue, plus la courbe est lisse.</translation>
    </message>
    <message>
      <source>Dates of the grid inside of longer gaps between observations have no value.</source>
      <translation>Les dates de la grille situées dans des lacunes plus longues entre les observations n’ont pas de valeur.</translation>
    </message>
    <message>
      <source>Dates: {dates}, pixels seen: {seen} %</source>
      <translation>Dates : {dates}, pixels vus : {seen} %</translation>
    </message>
    <message>
      <source>Day of the latest acquisition; empty: no limit.</source>
      <translation>Jour de l’acquisition la plus récente ; vide : pas de limite.</translation>
    </message>
    <message>
      <source>Day of the oldest acquisition; empty: no limit.</source>
      <translation>Jour de l’acquisition la plus ancienne ; vide : pas de limite.</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>Jours</translation>
    </message>
    <message>
      <source>Days between the dates of the grid</source>
      <translation>Jours entre les dates de la grille</translation>
    </message>
    <message>
      <source>Days of a period</source>
      <translation>Jours d’une période</translation>
    </message>
    <message>
      <source>Dec</source>
      <translation>déc.</translation>
    </message>
    <message>
      <source>Default Sen2Chain library</source>
      <translation>Bibliothèque Sen2Chain par défaut</translation>
    </message>
    <message>
      <source>Defaults</source>
      <translation>Valeurs par défaut</translation>
    </message>
    <message>
      <source>Dekads</source>
      <translation>Décades</translation>
    </message>
    <message>
      <source>Depth of a spike</source>
      <translation>Profondeur d’une pointe</translation>
    </message>
    <message>
      <source>Difference from the normal</source>
      <translation>Écart à la normale</translation>
    </message>
    <message>
      <source>Disabled</source>
      <translation>Désactivé</translation>
    </message>
    <message>
      <source>Drag a rectangle on the chart. Without it: drag to move, wheel to zoom the dates, Ctrl and wheel to zoom the values</source>
      <translation>Tracez un rectangle sur le graphique. Sans cet outil : faites glisser pour vous déplacer, molette pour zoomer sur les dates, Ctrl et molette pour zoomer sur les valeurs</translation>
    </message>
    <message>
      <source>Draws a curve through the dates of each zone, robust against clouds that the mask has missed.</source>
      <translation>Trace une courbe à travers les dates de chaque zone, robuste face aux nuages que le masque n’a pas vus.</translation>
    </message>
    <message>
      <source>Draws a picture of each zone and date of an extraction, and sheets of all dates.</source>
      <translation>Dessine une image par zone et par date d’une extraction, et des planches de toutes les dates.</translation>
    </message>
    <message>
      <source>Draws the time series of an extraction as pictures, and an HTML report of them.</source>
      <translation>Trace les séries temporelles d’une extraction sous forme d’images et d’un rapport HTML.</translation>
    </message>
    <message>
      <source>Each task of the job is extracted, compiled and, when it names a server, copied there. What is already done is skipped. A task, a product or a copy that fails does not stop the others; when anything failed the run ends with an error that names it, and the log says why.

Two runs of one job never overlap: the second one says so and ends.

A job file that cannot be understood completely is refused with the line in question, and nothing is run.</source>
      <translation>Chaque tâche du travail est extraite, compilée et, si elle désigne un serveur, copiée sur celui-ci. Ce qui est déjà fait est ignoré. Une tâche, un produit ou une copie en échec n’arrête pas les autres ; si quelque chose a échoué, l’exécution se termine par une erreur qui l’indique, et le journal dit pourquoi.

Deux exécutions d’un même travail ne se chevauchent jamais : la seconde le signale et se termine.

Un fichier de travail qui ne peut pas être compris entièrement est refusé avec la ligne en cause, et rien n’est exécuté.</translation>
    </message>
    <message>
      <source>Each zone gets a curve of daily steps through the days on which it was really seen, by default a Whittaker smoother whose stiffness is chosen for each zone. Drops that come back at once, as after a cloud that the mask has missed, are left out first, and what lies far from the curve counts little. The file has a row for every date of a grid that all zones and runs share, and for every observation.

A sharp step, such as a harvest, is rounded. A meadow that grows back between two dates looks like a spike: for meadows, switch off 'Spikes also where no cloud is known'.

The files are in analysis_data of the extraction. Compile's own smoothing is Sen2Chain's, and stays as it is.</source>
      <translation>Chaque zone reçoit une courbe au pas d’un jour à travers les jours où elle a vraiment été vue, par défaut celle du lisseur de Whittaker, dont la raideur est choisie pour chaque zone. Les chutes qui remontent aussitôt, comme après un nuage que le masque n’a pas vu, sont d’abord écartées, et ce qui est loin de la courbe compte peu. Le fichier a une ligne pour chaque date d’une grille commune à toutes les zones et exécutions, et pour chaque observation.

Un changement brusque, tel qu’une récolte, est arrondi. Une prairie qui repousse entre deux dates ressemble à une pointe : pour les prairies, désactivez « Pointes aussi là où aucun nuage n’est connu ».

Les fichiers se trouvent dans le dossier analysis_data de l’extraction. Le lissage de Compiler est celui de Sen2Chain, et reste tel quel.</translation>
    </message>
    <message>
      <source>Each zone has one value a year, over all months or some of them. The Mann-Kendall test tells whether the years go up or down (p: how probable so much order would be without a trend), the Theil-Sen slope how fast, in index values per year, with an interval of 95 %.

Not for few years: with five a trend must be without exception to be significant. Limit the months to those that every year has.

The files are in analysis_data of the extraction.</source>
      <translation>Chaque zone a une valeur par an, sur tous les mois ou certains d’entre eux. Le test de Mann-Kendall indique si les années montent ou descendent (p : la probabilité d’un tel ordre sans tendance), la pente de Theil-Sen à quelle vitesse, en valeurs d’indice par an, avec un intervalle à 95 %.

Ne convient pas à un petit nombre d’années : avec cinq, une tendance doit être sans exception pour être significative. Limitez les mois à ceux que chaque année possède.

Les fichiers se trouvent dans le dossier analysis_data de l’extraction.</translation>
    </message>
    <message>
      <source>Edit the task…</source>
      <translation>Modifier la tâche…</translation>
    </message>
    <message>
      <source>Empty</source>
      <translation>Sans donnée</translation>
    </message>
    <message>
      <source>Empty periods too</source>
      <translation>Périodes vides aussi</translation>
    </message>
    <message>
      <source>Empty: no limit.</source>
      <translation>Vide : pas de limite.</translation>
    </message>
    <message>
      <source>Enabled</source>
      <translation>Activé</translation>
    </message>
    <message>
      <source>End of the season</source>
      <translation>Fin de la saison</translation>
    </message>
    <message>
      <source>End, day of the year</source>
      <translation>Fin, jour de l’année</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>Toutes les heures</translation>
    </message>
    <message>
      <source>Every night, or day</source>
      <translation>Chaque nuit, ou chaque jour</translation>
    </message>
    <message>
      <source>Every {weekday}</source>
      <translation>Chaque {weekday}</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exporter</translation>
    </message>
    <message>
      <source>Extract</source>
      <translation>Extraire</translation>
    </message>
    <message>
      <source>Extract again…</source>
      <translation>Extraire à nouveau…</translation>
    </message>
    <message>
      <source>Extract and compile</source>
      <translation>Extraire et compiler</translation>
    </message>
    <message>
      <source>Extract and compile in the model designer…</source>
      <translation>Extraire et compiler dans le modeleur graphique…</translation>
    </message>
    <message>
      <source>Extract and show</source>
      <translation>Extraire et afficher</translation>
    </message>
    <message>
      <source>Extract the zones of this layer, compile, and show the curves</source>
      <translation>Extraire les zones de cette couche, compiler, et afficher les courbes</translation>
    </message>
    <message>
      <source>Extract writes a CSV per product. Compile brings them together: of all rows of a zone and date it keeps the best one (zone completely inside tile and swath, latest processing baseline, most valid pixels, least spread), and writes a file of all data, or one per day, week, month, year, or for the dates you give. Rows are sorted into files, not averaged.

Smoothing adds files with a value every 5 days (Savitzky-Golay; gaps are filled first) and how well they fit. The extraction may be made by this plugin or by Sen2Chain itself. A file that already is as it should be is not touched.

The table shows all rows on the map: open the temporal controller and press play.</source>
      <translation>Extraire écrit un CSV par produit. Compiler les réunit : de toutes les lignes d’une zone et d’une date, il garde la meilleure (zone entièrement dans la tuile et la fauchée, version de traitement (baseline) la plus récente, le plus de pixels valides, la plus faible dispersion), et écrit un fichier de toutes les données, ou un par jour, semaine, mois, année, ou pour les dates que vous donnez. Les lignes sont réparties dans les fichiers, elles ne sont pas moyennées.

Le lissage ajoute des fichiers avec une valeur tous les 5 jours (Savitzky-Golay ; les lacunes sont d’abord comblées) et la qualité de l’ajustement. L’extraction peut venir de cette extension ou de Sen2Chain lui-même. Un fichier qui est déjà tel qu’il doit être n’est pas touché.

La table montre toutes les lignes sur la carte : ouvrez le contrôleur temporel et lancez la lecture.</translation>
    </message>
    <message>
      <source>Extract, compile and smooth</source>
      <translation>Extraire, compiler et lisser</translation>
    </message>
    <message>
      <source>Extract, then Aggregate by month on the extraction that came of it. The wide table has a row per zone and a column per month: choose a file such as months.xlsx for it.

This is a model. To make your own from it, choose 'Open a copy in the model designer' from its context menu in the toolbox.</source>
      <translation>Extraire, puis Agréger par mois sur l’extraction obtenue. La table large a une ligne par zone et une colonne par mois : choisissez pour elle un fichier tel que mois.xlsx.

C’est un modèle. Pour en faire le vôtre, choisissez « Ouvrir une copie dans le modeleur graphique » dans son menu contextuel de la boîte à outils.</translation>
    </message>
    <message>
      <source>Extract, then Compile and Smooth on the extraction that came of it. Run it again when the library has new dates: what is already extracted is skipped.

This is a model. To make your own from it, choose 'Open a copy in the model designer' from its context menu in the toolbox.</source>
      <translation>Extraire, puis Compiler et Lisser sur l’extraction obtenue. Relancez quand la bibliothèque a de nouvelles dates : ce qui est déjà extrait est ignoré.

C’est un modèle. Pour en faire le vôtre, choisissez « Ouvrir une copie dans le modeleur graphique » dans son menu contextuel de la boîte à outils.</translation>
    </message>
    <message>
      <source>Extract, then Compile on the extraction that came of it. Run it again when the library has new dates: what is already extracted is skipped, and only files that change are written.

This is a model. To make your own from it, choose 'Open a copy in the model designer' from its context menu in the toolbox, or from the menu of the plugin.</source>
      <translation>Extraire, puis Compiler sur l’extraction obtenue. Relancez quand la bibliothèque a de nouvelles dates : ce qui est déjà extrait est ignoré, et seuls les fichiers qui changent sont écrits.

C’est un modèle. Pour en faire le vôtre, choisissez « Ouvrir une copie dans le modeleur graphique » dans son menu contextuel de la boîte à outils, ou dans le menu de l’extension.</translation>
    </message>
    <message>
      <source>Extract, then Smooth, then Anomaly by season on the curves. The layer shows z: how many standard deviations a season is above or below what is normal. Needs four years and more.

This is a model. To make your own from it, choose 'Open a copy in the model designer' from its context menu in the toolbox.</source>
      <translation>Extraire, puis Lisser, puis Anomalie par saison sur les courbes. La couche montre z : de combien d’écarts-types une saison est au-dessus ou au-dessous de la normale. Nécessite quatre ans et plus.

C’est un modèle. Pour en faire le vôtre, choisissez « Ouvrir une copie dans le modeleur graphique » dans son menu contextuel de la boîte à outils.</translation>
    </message>
    <message>
      <source>Extracted</source>
      <translation>Extraits</translation>
    </message>
    <message>
      <source>Extraction</source>
      <translation>Extraction</translation>
    </message>
    <message>
      <source>Extraction folder</source>
      <translation>Dossier d’extraction</translation>
    </message>
    <message>
      <source>Extraction folder: {folder}</source>
      <translation>Dossier d’extraction : {folder}</translation>
    </message>
    <message>
      <source>Extraction root</source>
      <translation>Racine des extractions</translation>
    </message>
    <message>
      <source>Extraction {folder}</source>
      <translation>Extraction {folder}</translation>
    </message>
    <message>
      <source>Extract…</source>
      <translation>Extraire…</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>En échec</translation>
    </message>
    <message>
      <source>Failed: {failed}; the log names what and why.</source>
      <translation>En échec : {failed} ; le journal indique lesquels et pourquoi.</translation>
    </message>
    <message>
      <source>Fall per day</source>
      <translation>Baisse par jour</translation>
    </message>
    <message>
      <source>Feb</source>
      <translation>févr.</translation>
    </message>
    <message>
      <source>Field that groups the zones of the report</source>
      <translation>Champ qui groupe les zones du rapport</translation>
    </message>
    <message>
      <source>Field that names the zones</source>
      <translation>Champ qui nomme les zones</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>Parcelles</translation>
    </message>
    <message>
      <source>Fields: {found}; columns of the table: {wanted}.</source>
      <translation>Champs : {found} ; colonnes du tableau : {wanted}.</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Fichiers</translation>
    </message>
    <message>
      <source>Files per year, month, week or day; all (or custom): one file between the two dates; alldata: one file of all dates; none: extract only. On the command line: {names}.</source>
      <translation>Fichiers par année (yearly), mois (monthly), semaine (weekly) ou jour (daily) ; all (ou custom) : un fichier entre les deux dates ; alldata : un fichier de toutes les dates ; none : extraire seulement. En ligne de commande : {names}.</translation>
    </message>
    <message>
      <source>Files to compile</source>
      <translation>Fichiers à compiler</translation>
    </message>
    <message>
      <source>Fill long gaps with other years</source>
      <translation>Combler les longues lacunes avec les autres années</translation>
    </message>
    <message>
      <source>Fill what a window of three dates cannot with the mean of the same season, for zones of three years or more.</source>
      <translation>Combler par la moyenne de la même saison ce qu’une fenêtre de trois dates ne peut pas combler, pour les zones suivies trois ans ou plus.</translation>
    </message>
    <message>
      <source>Filled</source>
      <translation>Comblé</translation>
    </message>
    <message>
      <source>Finds the seasons of each zone: start, peak and end, length and amplitude.</source>
      <translation>Détermine les saisons de chaque zone : début, pic et fin, durée et amplitude.</translation>
    </message>
    <message>
      <source>First</source>
      <translation>Première</translation>
    </message>
    <message>
      <source>First date</source>
      <translation>Première date</translation>
    </message>
    <message>
      <source>First day</source>
      <translation>Premier jour</translation>
    </message>
    <message>
      <source>First day of custom; limits nothing else.</source>
      <translation>Premier jour de « custom » ; ne limite rien d’autre.</translation>
    </message>
    <message>
      <source>First day to show; empty: no limit.</source>
      <translation>Premier jour à montrer ; vide : pas de limite.</translation>
    </message>
    <message>
      <source>First month</source>
      <translation>Premier mois</translation>
    </message>
    <message>
      <source>First quartile</source>
      <translation>Premier quartile</translation>
    </message>
    <message>
      <source>First quartile {times}</source>
      <translation>Premier quartile {times}</translation>
    </message>
    <message>
      <source>First reference year</source>
      <translation>Première année de référence</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <source>Folder for the plots</source>
      <translation>Dossier des graphiques</translation>
    </message>
    <message>
      <source>Folder for the quicklooks</source>
      <translation>Dossier des aperçus</translation>
    </message>
    <message>
      <source>Folder for the time series</source>
      <translation>Dossier des séries temporelles</translation>
    </message>
    <message>
      <source>Folder of an extraction: NAME_CHECKSUM</source>
      <translation>Dossier d’une extraction : NOM_SOMME</translation>
    </message>
    <message>
      <source>Follow the selection</source>
      <translation>Suivre la sélection</translation>
    </message>
    <message>
      <source>For each index and cloud mask, as Sen2Chain does: plot-global, the means of all zones in one picture; plot-details, a small plot per zone with mean and standard deviation, minimum and maximum, and the share of its pixels without data (NaN ratio); plot-details with -nonan, only dates on which a zone has all its pixels. Where there are many zones, plot-details has several pages of 25, at most 8 of them.

The report is one HTML page that needs no network and can be handed over, or printed: an overview, a map, a calendar of completeness, a chart per zone (up to 600 in all) with the smoothed curve and what other years were like, by group, and what was skipped.

The rows are those of the compiled file of all data when it is up to date, else the raw data are compiled in memory.</source>
      <translation>Pour chaque indice et masque de nuages, comme le fait Sen2Chain : plot-global, les moyennes de toutes les zones en une image ; plot-details, un petit graphique par zone avec moyenne et écart-type, minimum et maximum, et la part de ses pixels sans donnée (taux de NaN) ; plot-details avec -nonan, seulement les dates où une zone a tous ses pixels. Si les zones sont nombreuses, plot-details a plusieurs pages de 25 zones, 8 au plus.

Le rapport est une page HTML qui n’a pas besoin de réseau et peut être remise, ou imprimée : une vue d’ensemble, une carte, un calendrier de complétude, un graphique par zone (jusqu’à 600 en tout) avec la courbe lissée et ce qu’étaient les autres années, par groupe, et ce qui a été ignoré.

Les lignes sont celles du fichier compilé de toutes les données s’il est à jour ; sinon les données brutes sont compilées en mémoire.</translation>
    </message>
    <message>
      <source>For each zone and step of the year two files say what is normal, and how far each period is from it: difference, ratio, z (in standard deviations), VCI (the place between the lowest and the highest year, 0 to 100) and percentile.

The layer shows z in five classes; VCI is its other style. Not for extractions of two or three years: what is normal needs more, five at the least. A month or season that the first or the last acquisition cuts is in no normal.

The files are in analysis_data of the extraction.</source>
      <translation>Pour chaque zone et chaque pas de l’année, deux fichiers indiquent ce qui est normal, et de combien chaque période s’en écarte : différence, rapport, z (en écarts-types), VCI (la position entre l’année la plus basse et la plus haute, de 0 à 100) et centile.

La couche montre z en cinq classes ; VCI est son autre style. Ne convient pas aux extractions de deux ou trois ans : il en faut davantage pour établir la normale, cinq au moins. Un mois ou une saison que coupe la première ou la dernière acquisition n’entre dans aucune normale.

Les fichiers se trouvent dans le dossier analysis_data de l’extraction.</translation>
    </message>
    <message>
      <source>For each zone of a layer, and each acquisition, index and cloud mask of a Sen2Chain library: how many pixels are valid or without data, and the minimum, maximum, mean, standard deviation, median and quartiles of the valid ones.

The rows go to one CSV per product, in the folder tree of Sen2Chain, so that both programs can continue each other's work: what is already extracted is skipped. The layer may be of any kind and CRS; a selection is honoured.

Products that fail are named in the log and counted in FAILED; the next run tries them again.</source>
      <translation>Pour chaque zone d’une couche, et chaque acquisition, indice et masque de nuages d’une bibliothèque Sen2Chain : combien de pixels sont valides ou sans donnée, et le minimum, le maximum, la moyenne, l’écart-type, la médiane et les quartiles des pixels valides.

Les lignes vont dans un CSV par produit, dans l’arborescence de Sen2Chain, de sorte que chacun des deux programmes peut continuer le travail de l’autre : ce qui est déjà extrait est ignoré. La couche peut être de tout type et de tout SCR ; une sélection est prise en compte.

Les produits en échec sont nommés dans le journal et comptés dans FAILED ; la prochaine exécution les réessaiera.</translation>
    </message>
    <message>
      <source>For each zone, index and cloud mask, and each date on which the zone has a row: the index around the zone, with the zone's outline, what the cloud mask hides hatched over the unmasked index, and grey where there are no data; and a sheet of all dates. Where the library has the L2A of a product, its true colours too.

The names are those of Sen2Chain's extract_ql. Each zone has a folder QL_ZONE, in it one per cloud mask. The colours can be told apart with every kind of colour vision, and are the same for all zones and dates.

One picture is drawn per zone, date, index and mask: for many zones choose an index, a mask and dates.</source>
      <translation>Pour chaque zone, indice et masque de nuages, et chaque date où la zone a une ligne : l’indice autour de la zone, avec le contour de la zone, ce que cache le masque de nuages hachuré sur l’indice non masqué, et en gris ce qui est sans donnée ; et une planche de toutes les dates. Si la bibliothèque a le L2A d’un produit, ses couleurs naturelles aussi.

Les noms sont ceux d’extract_ql de Sen2Chain. Chaque zone a un dossier QL_ZONE, avec un sous-dossier par masque de nuages. Les couleurs se distinguent quelle que soit la perception des couleurs, et sont les mêmes pour toutes les zones et dates.

Une image est dessinée par zone, date, indice et masque : pour de nombreuses zones, choisissez un indice, un masque et des dates.</translation>
    </message>
    <message>
      <source>For the period days.</source>
      <translation>Pour la période days.</translation>
    </message>
    <message>
      <source>For threshold: 0.2 is a fifth of the amplitude.</source>
      <translation>Pour threshold : 0,2 est un cinquième de l’amplitude.</translation>
    </message>
    <message>
      <source>Fri</source>
      <translation>ven.</translation>
    </message>
    <message>
      <source>From 2021 on, 2 to 4. In the third one the rains fail: something for the algorithm Anomaly to find.</source>
      <translation>À partir de 2021, de 2 à 4. La troisième année, les pluies manquent : de quoi exercer l’algorithme Anomalie.</translation>
    </message>
    <message>
      <source>From a date to a date</source>
      <translation>D’une date à une autre</translation>
    </message>
    <message>
      <source>Further lines are in the table layer: {number}.</source>
      <translation>Autres lignes, dans la couche de la table : {number}.</translation>
    </message>
    <message>
      <source>Further lines like these: {number}.</source>
      <translation>Autres lignes semblables : {number}.</translation>
    </message>
    <message>
      <source>Further zones that are skipped likewise: {number}.</source>
      <translation>Autres zones ignorées de même : {number}.</translation>
    </message>
    <message>
      <source>Furthest below other years first</source>
      <translation>D’abord le plus en dessous des autres années</translation>
    </message>
    <message>
      <source>GDAL cannot open it</source>
      <translation>GDAL ne peut pas l’ouvrir</translation>
    </message>
    <message>
      <source>GDAL cannot read it</source>
      <translation>GDAL ne peut pas le lire</translation>
    </message>
    <message>
      <source>GEOS refuses it</source>
      <translation>GEOS la refuse</translation>
    </message>
    <message>
      <source>Gap (days)</source>
      <translation>Lacune (jours)</translation>
    </message>
    <message>
      <source>Give each zone every period from the first acquisition of the extraction to the last.</source>
      <translation>Donner à chaque zone toutes les périodes, de la première à la dernière acquisition de l’extraction.</translation>
    </message>
    <message>
      <source>Give these dates to the temporal controller</source>
      <translation>Donner ces dates au contrôleur temporel</translation>
    </message>
    <message>
      <source>HTML pages (*.html)</source>
      <translation>Pages HTML (*.html)</translation>
    </message>
    <message>
      <source>How</source>
      <translation>Comment</translation>
    </message>
    <message>
      <source>How many batches of zones are worked on at once; 0: one per processor core, up to 8. The result is the same.</source>
      <translation>Nombre de lots de zones traités à la fois ; 0 : un par cœur du processeur, 8 au plus. Le résultat est le même.</translation>
    </message>
    <message>
      <source>How many of the pixels of all zones that ever have a row were seen on each day.</source>
      <translation>Part des pixels, parmi toutes les zones qui ont au moins une ligne, qui ont été vus chaque jour.</translation>
    </message>
    <message>
      <source>How many rasters are read at once; 0: one per processor core, up to 8. The result is the same.</source>
      <translation>Nombre de rasters lus en même temps ; 0 : un par cœur du processeur, jusqu’à 8. Le résultat est le même.</translation>
    </message>
    <message>
      <source>How much to show around a zone, in metres.</source>
      <translation>Largeur de ce qui est montré autour d’une zone, en mètres.</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>Fréquence</translation>
    </message>
    <message>
      <source>How stiff a Whittaker curve is. Empty: chosen for each zone by generalised cross-validation; a number, such as 1000; or vcurve.</source>
      <translation>Raideur d’une courbe de Whittaker. Vide : choisie pour chaque zone par validation croisée généralisée ; un nombre, tel que 1000 ; ou vcurve.</translation>
    </message>
    <message>
      <source>If the job exists</source>
      <translation>Si le travail existe</translation>
    </message>
    <message>
      <source>Image of the day</source>
      <translation>Image du jour</translation>
    </message>
    <message>
      <source>Image of the day on the map</source>
      <translation>Image du jour sur la carte</translation>
    </message>
    <message>
      <source>Images per second: {speed}</source>
      <translation>Images par seconde : {speed}</translation>
    </message>
    <message>
      <source>In the folder job_NAME of the library's log folder.</source>
      <translation>Dans le dossier job_NOM du dossier des journaux de la bibliothèque.</translation>
    </message>
    <message>
      <source>Index</source>
      <translation>Indice</translation>
    </message>
    <message>
      <source>Indices</source>
      <translation>Indices</translation>
    </message>
    <message>
      <source>Integral above the lows (days)</source>
      <translation>Intégrale au-dessus des creux (jours)</translation>
    </message>
    <message>
      <source>Integral of the season (days)</source>
      <translation>Intégrale de la saison (jours)</translation>
    </message>
    <message>
      <source>Interrupted</source>
      <translation>Interrompu</translation>
    </message>
    <message>
      <source>Inventory</source>
      <translation>Inventaire</translation>
    </message>
    <message>
      <source>Inventory: {name}</source>
      <translation>Inventaire : {name}</translation>
    </message>
    <message>
      <source>It runs when the computer starts.</source>
      <translation>Il s’exécute au démarrage de l’ordinateur.</translation>
    </message>
    <message>
      <source>Jan</source>
      <translation>janv.</translation>
    </message>
    <message>
      <source>Job</source>
      <translation>Travail</translation>
    </message>
    <message>
      <source>Job file</source>
      <translation>Fichier de travail</translation>
    </message>
    <message>
      <source>Job {name}</source>
      <translation>Travail {name}</translation>
    </message>
    <message>
      <source>Job {name} cannot be scheduled: another job of this name already is, {job} of the library {library}. Give this one another name, or take that one out of the schedule first: 'Schedule a job' with the action remove.</source>
      <translation>Le travail {name} ne peut pas être planifié : un autre travail de ce nom l’est déjà, {job} de la bibliothèque {library}. Donnez un autre nom à celui-ci, ou retirez d’abord l’autre de la planification : « Planifier un travail » avec l’action remove.</translation>
    </message>
    <message>
      <source>Job {name} failed in task {tasks} (products: {products}, steps: {steps}). Everything else was done. Log: {log}</source>
      <translation>Échec du travail {name}, tâche {tasks} (produits : {products}, étapes : {steps}). Tout le reste a été fait. Journal : {log}</translation>
    </message>
    <message>
      <source>Job {name} finished successfully.</source>
      <translation>Le travail {name} s’est terminé avec succès.</translation>
    </message>
    <message>
      <source>Job {name} has no task to run.</source>
      <translation>Le travail {name} n’a aucune tâche à exécuter.</translation>
    </message>
    <message>
      <source>Job {name} is already running (host {host}, process {pid}, since {since}): this run is skipped.</source>
      <translation>Le travail {name} est déjà en cours (machine {host}, processus {pid}, depuis {since}) : cette exécution est ignorée.</translation>
    </message>
    <message>
      <source>Job {name} is disabled: its line ({timing}) is commented.</source>
      <translation>Le travail {name} est désactivé : sa ligne ({timing}) est en commentaire.</translation>
    </message>
    <message>
      <source>Job {name} is enabled: {timing}; next run: {next}.</source>
      <translation>Le travail {name} est activé : {timing} ; prochaine exécution : {next}.</translation>
    </message>
    <message>
      <source>Job {name} is not scheduled.</source>
      <translation>Le travail {name} n’est pas planifié.</translation>
    </message>
    <message>
      <source>Job {name} is not scheduled; enable it first.</source>
      <translation>Le travail {name} n’est pas planifié ; activez-le d’abord.</translation>
    </message>
    <message>
      <source>Job {name} would fail in task {tasks}; the messages above say why.</source>
      <translation>Le travail {name} échouerait à la tâche {tasks} ; les messages ci-dessus disent pourquoi.</translation>
    </message>
    <message>
      <source>Job {name}: what a run would do; nothing is written.</source>
      <translation>Travail {name} : ce que ferait une exécution ; rien n’est écrit.</translation>
    </message>
    <message>
      <source>Job {name}: {path}</source>
      <translation>Travail {name} : {path}</translation>
    </message>
    <message>
      <source>Job {name}: {problem}</source>
      <translation>Travail {name} : {problem}</translation>
    </message>
    <message>
      <source>Jobs</source>
      <translation>Travaux</translation>
    </message>
    <message>
      <source>Jobs of Sen2Chain</source>
      <translation>Travaux de Sen2Chain</translation>
    </message>
    <message>
      <source>Jul</source>
      <translation>juil.</translation>
    </message>
    <message>
      <source>Jun</source>
      <translation>juin</translation>
    </message>
    <message>
      <source>Keep a log of each run</source>
      <translation>Garder un journal de chaque exécution</translation>
    </message>
    <message>
      <source>Known to have no rows</source>
      <translation>Sans ligne, déjà connus</translation>
    </message>
    <message>
      <source>Known to have no rows: an earlier run found no valid pixel in any zone. Skipped.</source>
      <translation>Sans ligne, déjà connus : une exécution antérieure n’a trouvé aucun pixel valide dans aucune zone. Ignorés.</translation>
    </message>
    <message>
      <source>L2A products too</source>
      <translation>Produits L2A aussi</translation>
    </message>
    <message>
      <source>Lambda (days to the power of 4)</source>
      <translation>Lambda (jours à la puissance 4)</translation>
    </message>
    <message>
      <source>Last</source>
      <translation>Dernière</translation>
    </message>
    <message>
      <source>Last date</source>
      <translation>Dernière date</translation>
    </message>
    <message>
      <source>Last day</source>
      <translation>Dernier jour</translation>
    </message>
    <message>
      <source>Last day of custom; limits nothing else.</source>
      <translation>Dernier jour de « custom » ; ne limite rien d’autre.</translation>
    </message>
    <message>
      <source>Last day to show; empty: no limit.</source>
      <translation>Dernier jour à montrer ; vide : pas de limite.</translation>
    </message>
    <message>
      <source>Last month</source>
      <translation>Dernier mois</translation>
    </message>
    <message>
      <source>Last reference year</source>
      <translation>Dernière année de référence</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>Dernière exécution</translation>
    </message>
    <message>
      <source>Least seen first</source>
      <translation>D’abord le moins vu</translation>
    </message>
    <message>
      <source>Least spread</source>
      <translation>Dispersion minimale</translation>
    </message>
    <message>
      <source>Leave out products that are clearer than this; those of unknown cover are kept.</source>
      <translation>Écarter les produits moins nuageux que cette valeur ; ceux dont la couverture est inconnue sont gardés.</translation>
    </message>
    <message>
      <source>Leave out products that are cloudier than this; those of unknown cover are kept.</source>
      <translation>Écarter les produits plus nuageux que cette valeur ; ceux dont la couverture est inconnue sont gardés.</translation>
    </message>
    <message>
      <source>Leave the year itself out</source>
      <translation>Exclure l’année elle-même</translation>
    </message>
    <message>
      <source>Left and right go from observation to observation, and the map follows; up and down go from zone to zone. Page up and down show another zone, Shift and arrows move, plus and minus zoom, 0 shows everything. The table has the same values.</source>
      <translation>Gauche et droite vont d'une observation à l'autre, et la carte suit ; haut et bas vont d'une zone à l'autre. Page haut et bas montrent une autre zone, Maj et les flèches déplacent, plus et moins zooment, 0 montre tout. Le tableau contient les mêmes valeurs.</translation>
    </message>
    <message>
      <source>Left to extract</source>
      <translation>Reste à extraire</translation>
    </message>
    <message>
      <source>Left to extract; without a layer, all</source>
      <translation>Reste à extraire ; sans couche, tous</translation>
    </message>
    <message>
      <source>Legend</source>
      <translation>Légende</translation>
    </message>
    <message>
      <source>Length of the season (days)</source>
      <translation>Durée de la saison (jours)</translation>
    </message>
    <message>
      <source>Less than the window.</source>
      <translation>Plus petit que la fenêtre.</translation>
    </message>
    <message>
      <source>Library</source>
      <translation>Bibliothèque</translation>
    </message>
    <message>
      <source>Lines {first} to {last} of {all}.</source>
      <translation>Lignes {first} à {last} sur {all}.</translation>
    </message>
    <message>
      <source>List masks that could be applied, too</source>
      <translation>Lister aussi les masques applicables</translation>
    </message>
    <message>
      <source>Lists what a Sen2Chain library has for a layer, and what is already extracted of it.</source>
      <translation>Liste ce qu’une bibliothèque Sen2Chain possède pour une couche, et ce qui en est déjà extrait.</translation>
    </message>
    <message>
      <source>Load the values as a layer</source>
      <translation>Charger les valeurs dans une couche</translation>
    </message>
    <message>
      <source>Load the zones of this extraction as a layer</source>
      <translation>Charger les zones de cette extraction comme couche</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Journal</translation>
    </message>
    <message>
      <source>Longest gap (days)</source>
      <translation>Plus longue lacune (jours)</translation>
    </message>
    <message>
      <source>Longest gap in a season (days)</source>
      <translation>Plus longue lacune d’une saison (jours)</translation>
    </message>
    <message>
      <source>Longest gap that is bridged (days)</source>
      <translation>Plus longue lacune comblée (jours)</translation>
    </message>
    <message>
      <source>Looking at {folder}…</source>
      <translation>Examen de {folder}…</translation>
    </message>
    <message>
      <source>Looking for them…</source>
      <translation>Recherche en cours…</translation>
    </message>
    <message>
      <source>Low after the season</source>
      <translation>Creux après la saison</translation>
    </message>
    <message>
      <source>Low before the season</source>
      <translation>Creux avant la saison</translation>
    </message>
    <message>
      <source>Lowest value first</source>
      <translation>D’abord la valeur la plus basse</translation>
    </message>
    <message>
      <source>MIN_COVERAGE has no effect: it is for PIXELS = fraction, not {pixels}.</source>
      <translation>MIN_COVERAGE n’a pas d’effet : il vaut pour PIXELS = fraction, non pour {pixels}.</translation>
    </message>
    <message>
      <source>Make a sample library</source>
      <translation>Créer une bibliothèque d’exemple</translation>
    </message>
    <message>
      <source>Makes a small Sen2Chain library with clouds, and a layer of fields, to learn and test with.</source>
      <translation>Crée une petite bibliothèque Sen2Chain avec des nuages, et une couche de parcelles, pour apprendre et tester.</translation>
    </message>
    <message>
      <source>Making the time series…</source>
      <translation>Calcul des séries temporelles…</translation>
    </message>
    <message>
      <source>Manual</source>
      <translation>Manuel</translation>
    </message>
    <message>
      <source>Map</source>
      <translation>Carte</translation>
    </message>
    <message>
      <source>Mar</source>
      <translation>mars</translation>
    </message>
    <message>
      <source>Margin around the zones (m)</source>
      <translation>Marge autour des zones (m)</translation>
    </message>
    <message>
      <source>Masked rasters</source>
      <translation>Rasters masqués</translation>
    </message>
    <message>
      <source>Masked rasters per day of acquisition, over all tiles, indices and masks.</source>
      <translation>Rasters masqués par jour d’acquisition, toutes tuiles, tous indices et tous masques confondus.</translation>
    </message>
    <message>
      <source>Masks present</source>
      <translation>Masques présents</translation>
    </message>
    <message>
      <source>Masks that can be applied while reading</source>
      <translation>Masques applicables à la lecture</translation>
    </message>
    <message>
      <source>Maximum</source>
      <translation>Maximum</translation>
    </message>
    <message>
      <source>Maximum cloud cover of a product (%)</source>
      <translation>Couverture nuageuse maximale d’un produit (%)</translation>
    </message>
    <message>
      <source>Maximum cloud cover of the extraction (%)</source>
      <translation>Couverture nuageuse maximale de l’extraction (%)</translation>
    </message>
    <message>
      <source>Maximum days between the neighbours of a spike</source>
      <translation>Nombre maximal de jours entre les voisines d’une pointe</translation>
    </message>
    <message>
      <source>Maximum number of seasons a year</source>
      <translation>Nombre maximal de saisons par an</translation>
    </message>
    <message>
      <source>Maximum share of pixels without data</source>
      <translation>Part maximale de pixels sans donnée</translation>
    </message>
    <message>
      <source>Maximum {times}</source>
      <translation>Maximum {times}</translation>
    </message>
    <message>
      <source>May</source>
      <translation>mai</translation>
    </message>
    <message>
      <source>Mean</source>
      <translation>Moyenne</translation>
    </message>
    <message>
      <source>Mean of each period</source>
      <translation>Moyenne de chaque période</translation>
    </message>
    <message>
      <source>Mean {index}</source>
      <translation>Moyenne {index}</translation>
    </message>
    <message>
      <source>Median</source>
      <translation>Médiane</translation>
    </message>
    <message>
      <source>Median of the means</source>
      <translation>Médiane des moyennes</translation>
    </message>
    <message>
      <source>Median of the zones' means, on days when at least a fifth of them was seen; the band holds 80 % of them.</source>
      <translation>Médiane des moyennes des zones, les jours où au moins un cinquième d’entre elles a été vu ; la bande en contient 80 %.</translation>
    </message>
    <message>
      <source>Median {times}</source>
      <translation>Médiane {times}</translation>
    </message>
    <message>
      <source>Method</source>
      <translation>Méthode</translation>
    </message>
    <message>
      <source>Method of the curve</source>
      <translation>Méthode de la courbe</translation>
    </message>
    <message>
      <source>Minimum</source>
      <translation>Minimum</translation>
    </message>
    <message>
      <source>Minimum amplitude</source>
      <translation>Amplitude minimale</translation>
    </message>
    <message>
      <source>Minimum and maximum</source>
      <translation>Minimum et maximum</translation>
    </message>
    <message>
      <source>Minimum cloud cover of a product (%)</source>
      <translation>Couverture nuageuse minimale d’un produit (%)</translation>
    </message>
    <message>
      <source>Minimum coverage of a pixel</source>
      <translation>Couverture minimale d’un pixel</translation>
    </message>
    <message>
      <source>Minimum length (days)</source>
      <translation>Durée minimale (jours)</translation>
    </message>
    <message>
      <source>Minimum number of dates</source>
      <translation>Nombre minimal de dates</translation>
    </message>
    <message>
      <source>Minimum number of valid pixels</source>
      <translation>Nombre minimal de pixels valides</translation>
    </message>
    <message>
      <source>Minimum number of years</source>
      <translation>Nombre minimal d’années</translation>
    </message>
    <message>
      <source>Minimum share of the curve's range</source>
      <translation>Part minimale de l’étendue de la courbe</translation>
    </message>
    <message>
      <source>Minimum share of valid pixels (%)</source>
      <translation>Part minimale de pixels valides (%)</translation>
    </message>
    <message>
      <source>Minimum {times}</source>
      <translation>Minimum {times}</translation>
    </message>
    <message>
      <source>Minute, hour, day, month and weekday as in cron, or @daily: 30 4 * * mon-fri is 4:30 on working days.</source>
      <translation>Minute, heure, jour, mois et jour de la semaine comme dans cron, ou @daily : 30 4 * * mon-fri est 4 h 30 les jours ouvrés.</translation>
    </message>
    <message>
      <source>Missing mask</source>
      <translation>Masque manquant</translation>
    </message>
    <message>
      <source>Missing masks</source>
      <translation>Masques manquants</translation>
    </message>
    <message>
      <source>Mon</source>
      <translation>lun.</translation>
    </message>
    <message>
      <source>Monday to Friday</source>
      <translation>Du lundi au vendredi</translation>
    </message>
    <message>
      <source>Monday to Friday at {time}</source>
      <translation>du lundi au vendredi à {time}</translation>
    </message>
    <message>
      <source>Month with which a year begins</source>
      <translation>Mois par lequel commence une année</translation>
    </message>
    <message>
      <source>Monthly means of fields</source>
      <translation>Moyennes mensuelles de parcelles</translation>
    </message>
    <message>
      <source>Months</source>
      <translation>Mois</translation>
    </message>
    <message>
      <source>NOMASK masks nothing that could be dilated</source>
      <translation>NOMASK ne masque rien qui puisse être dilaté</translation>
    </message>
    <message>
      <source>NULL (from the expression or field {text})</source>
      <translation>NULL (de l’expression ou du champ {text})</translation>
    </message>
    <message>
      <source>NaN ratio (right axis)</source>
      <translation>Taux de NaN (axe de droite)</translation>
    </message>
    <message>
      <source>Name of a cloud mask, such as {forms} (OCM: the newest version that a product has).</source>
      <translation>Nom d’un masque de nuages, tel que {forms} (OCM : la version la plus récente qu’un produit possède).</translation>
    </message>
    <message>
      <source>Name of the job</source>
      <translation>Nom du travail</translation>
    </message>
    <message>
      <source>Named in config.cfg but not found, default folders used instead: {paths}.</source>
      <translation>Indiqués dans config.cfg mais introuvables, dossiers par défaut utilisés à la place : {paths}.</translation>
    </message>
    <message>
      <source>Names of cloud masks, separated by / or a comma, such as CM001, CM003-PRB1-ITER5, OCM, CM001-VRT, SCL.</source>
      <translation>Noms de masques de nuages, séparés par / ou une virgule, tels que CM001, CM003-PRB1-ITER5, OCM, CM001-VRT, SCL.</translation>
    </message>
    <message>
      <source>Names of cloud masks, separated by / or a comma, such as {forms} (OCM: the newest version that a product has).</source>
      <translation>Noms de masques de nuages, séparés par / ou une virgule, tels que {forms} (OCM : la version la plus récente qu’un produit possède).</translation>
    </message>
    <message>
      <source>Names of cloud masks, separated by / or a comma; empty: all that were extracted.</source>
      <translation>Noms des masques de nuages, séparés par / ou une virgule ; vide : tous ceux qui ont été extraits.</translation>
    </message>
    <message>
      <source>Neighbours that are further apart say nothing about the observation between them.</source>
      <translation>Des voisines plus éloignées l’une de l’autre ne disent rien de l’observation située entre elles.</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Nouveaux</translation>
    </message>
    <message>
      <source>New images since: {number}. Extract again to update the curves.</source>
      <translation>Nouvelles images depuis l’extraction : {number}. Extrayez à nouveau pour mettre à jour les courbes.</translation>
    </message>
    <message>
      <source>New job…</source>
      <translation>Nouveau travail…</translation>
    </message>
    <message>
      <source>Next acquisition</source>
      <translation>Acquisition suivante</translation>
    </message>
    <message>
      <source>Next run</source>
      <translation>Prochaine exécution</translation>
    </message>
    <message>
      <source>Next runs: {moments}</source>
      <translation>Prochaines exécutions : {moments}</translation>
    </message>
    <message>
      <source>Next zone</source>
      <translation>Zone suivante</translation>
    </message>
    <message>
      <source>No Dask cluster at {address}: {reason}. Start its scheduler and workers, or leave DASK_SCHEDULER empty.</source>
      <translation>Pas de cluster Dask à l’adresse {address} : {reason}. Démarrez son scheduler et ses workers, ou laissez DASK_SCHEDULER vide.</translation>
    </message>
    <message>
      <source>No L2A product (&lt;product&gt;.SAFE) in {folder}, up to three levels deep. INDEX_SOURCE l2a needs some.</source>
      <translation>Aucun produit L2A (&lt;produit&gt;.SAFE) dans {folder}, jusqu’à trois niveaux de profondeur. INDEX_SOURCE l2a en nécessite.</translation>
    </message>
    <message>
      <source>No Sen2Chain library found; looked at: {places}. Give the library: a data folder (it holds INDICES), a folder that holds sen2chain_data/config/config.cfg, or a folder of L2A products (&lt;product&gt;.SAFE).</source>
      <translation>Aucune bibliothèque Sen2Chain trouvée ; cherché dans : {places}. Indiquez la bibliothèque : un dossier de données (il contient INDICES), un dossier qui contient sen2chain_data/config/config.cfg, ou un dossier de produits L2A (&lt;produit&gt;.SAFE).</translation>
    </message>
    <message>
      <source>No acquisition between these dates. Without them: {all}</source>
      <translation>Aucune acquisition entre ces dates. Sans elles : {all}</translation>
    </message>
    <message>
      <source>No cloud probability raster for {file}: cldprb stays empty.</source>
      <translation>Pas de raster de probabilité de nuage pour {file} : cldprb reste vide.</translation>
    </message>
    <message>
      <source>No image of {day}: {problem}</source>
      <translation>Pas d’image du {day} : {problem}</translation>
    </message>
    <message>
      <source>No product of this selection on the tiles of the layer: nothing to do.</source>
      <translation>Aucun produit de cette sélection sur les tuiles de la couche : rien à faire.</translation>
    </message>
    <message>
      <source>No product of {indices} in {library} has the cloud mask {masks}. Cloud masks found there: {there}. Masks that can be applied while reading: {possible}.</source>
      <translation>Aucun produit de {indices} dans {library} n’a le masque de nuages {masks}. Masques de nuages présents : {there}. Masques applicables à la lecture : {possible}.</translation>
    </message>
    <message>
      <source>No product of {indices} in {library} has the raster of {mask}, and CM003 with ITER0 is not computed: Sen2Chain would dilate such a mask until nothing is left. Choose at least ITER1.</source>
      <translation>Aucun produit de {indices} dans {library} n’a le raster de {mask}, et CM003 avec ITER0 n’est pas calculé : Sen2Chain dilaterait un tel masque jusqu’à ce qu’il ne reste rien. Choisissez au moins ITER1.</translation>
    </message>
    <message>
      <source>No product with a cloud mask in these dates.</source>
      <translation>Aucun produit avec masque de nuages à ces dates.</translation>
    </message>
    <message>
      <source>No row for {index}: no file.</source>
      <translation>Aucune ligne pour {index} : pas de fichier.</translation>
    </message>
    <message>
      <source>No unmasked raster for {file}: nbcld stays empty.</source>
      <translation>Pas de raster non masqué pour {file} : nbcld reste vide.</translation>
    </message>
    <message>
      <source>No value</source>
      <translation>Sans valeur</translation>
    </message>
    <message>
      <source>No zone of {layer} meets a tile of the library {library} (tiles looked at: {tiles}). Check the CRS of the layer, or choose another library.</source>
      <translation>Aucune zone de {layer} n’intersecte une tuile de la bibliothèque {library} (tuiles examinées : {tiles}). Vérifiez le SCR de la couche, ou choisissez une autre bibliothèque.</translation>
    </message>
    <message>
      <source>No: only dates on which the zone has a cloudy pixel, or a mean cloud probability of 1 % and more. For meadows, whose mowing comes back as quickly as a cloud goes.</source>
      <translation>Non : seulement les dates où la zone a un pixel nuageux, ou une probabilité moyenne de nuage de 1 % et plus. Pour les prairies, où ce qui est fauché repousse aussi vite que passe un nuage.</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Aucune</translation>
    </message>
    <message>
      <source>None is known yet.</source>
      <translation>Aucun n’est encore connu.</translation>
    </message>
    <message>
      <source>Normal</source>
      <translation>Normale</translation>
    </message>
    <message>
      <source>Not all was copied to {target} within {hours} hours, and the copy was ended. The next run resumes it.</source>
      <translation>Tout n’a pas pu être copié vers {target} en {hours} heures, et la copie a été arrêtée. La prochaine exécution la reprendra.</translation>
    </message>
    <message>
      <source>Not all was copied to {target}: a file could not be written there ({reason}). Its disk may be full or damaged; the next run resumes the copy.</source>
      <translation>Tout n’a pas été copié vers {target} : un fichier n’a pas pu y être écrit ({reason}). Le disque du serveur est peut-être plein ou endommagé ; la prochaine exécution reprendra la copie.</translation>
    </message>
    <message>
      <source>Not all was copied to {target}: no space left there ({reason}). Make room; the next run resumes the copy.</source>
      <translation>Tout n’a pas été copié vers {target} : il n’y reste plus de place ({reason}). Libérez-y de l’espace ; la prochaine exécution reprendra la copie.</translation>
    </message>
    <message>
      <source>Not all was copied to {target}: the connection was cut ({reason}). The next run resumes it.</source>
      <translation>Tout n’a pas été copié vers {target} : la connexion a été coupée ({reason}). La prochaine exécution reprendra la copie.</translation>
    </message>
    <message>
      <source>Not all was copied to {target}: {reason}. Results are kept here; the next run copies them.</source>
      <translation>Tout n’a pas été copié vers {target} : {reason}. Les résultats sont gardés ici ; la prochaine exécution les copiera.</translation>
    </message>
    <message>
      <source>Not copied to {target}: the key of {host} is not known here, or has changed ({reason}). Connect once by hand with ssh, check the key, and run again.</source>
      <translation>Rien n’a été copié vers {target} : la clé de {host} n’est pas connue ici, ou a changé ({reason}). Connectez-vous une fois à la main avec ssh, vérifiez la clé, et relancez.</translation>
    </message>
    <message>
      <source>Not copied to {target}: {host} does not answer ({reason}). Results are kept here; the next run copies them.</source>
      <translation>Rien n’a été copié vers {target} : {host} ne répond pas ({reason}). Les résultats sont gardés ici ; la prochaine exécution les copiera.</translation>
    </message>
    <message>
      <source>Not copied to {target}: {host} refused the login without a password ({reason}). Put the public key of this account there (ssh-copy-id), and run again.</source>
      <translation>Rien n’a été copié vers {target} : {host} a refusé la connexion sans mot de passe ({reason}). Mettez-y la clé publique de ce compte (ssh-copy-id), et relancez.</translation>
    </message>
    <message>
      <source>Not in this extraction: {names}. There are: {there}.</source>
      <translation>Absent de cette extraction : {names}. On y trouve : {there}.</translation>
    </message>
    <message>
      <source>Not replaced, because others made or changed them since: {files}. Move them to another folder or delete them, and run again.</source>
      <translation>Non remplacés, car d’autres les ont créés ou modifiés depuis : {files}. Déplacez-les dans un autre dossier ou supprimez-les, puis relancez.</translation>
    </message>
    <message>
      <source>Not scheduled</source>
      <translation>Non planifié</translation>
    </message>
    <message>
      <source>Not written: {path} is a link that leads out of {root}, to {target}. Remove the link and run again.</source>
      <translation>Non écrit : {path} est un lien qui mène hors de {root}, vers {target}. Supprimez le lien et relancez.</translation>
    </message>
    <message>
      <source>Nothing was found here: there is no index product.</source>
      <translation>Rien n’a été trouvé ici : il n’y a aucun produit d’indice.</translation>
    </message>
    <message>
      <source>Nov</source>
      <translation>nov.</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Numéro</translation>
    </message>
    <message>
      <source>Number of files</source>
      <translation>Nombre de fichiers</translation>
    </message>
    <message>
      <source>Number of pictures</source>
      <translation>Nombre d’images</translation>
    </message>
    <message>
      <source>Number of rasters that failed</source>
      <translation>Nombre de rasters en échec</translation>
    </message>
    <message>
      <source>Number of rows</source>
      <translation>Nombre de lignes</translation>
    </message>
    <message>
      <source>Number of sheets</source>
      <translation>Nombre de planches</translation>
    </message>
    <message>
      <source>OCM-VRT takes the newest version of each product</source>
      <translation>OCM-VRT prend la version la plus récente de chaque produit</translation>
    </message>
    <message>
      <source>Observations</source>
      <translation>Observations</translation>
    </message>
    <message>
      <source>Observations and straight lines</source>
      <translation>Observations et lignes droites</translation>
    </message>
    <message>
      <source>Observed mean</source>
      <translation>Moyenne observée</translation>
    </message>
    <message>
      <source>Oct</source>
      <translation>oct.</translation>
    </message>
    <message>
      <source>Of Whittaker: above 0.5 the curve follows the upper observations, as for indices that clouds only lower; Robust is off then. 0.5: off; up to 0.99.</source>
      <translation>Pour Whittaker : au-dessus de 0,5, la courbe suit les observations hautes, comme il convient aux indices que les nuages ne font que baisser ; Robuste est alors désactivé. 0,5 : désactivé ; jusqu’à 0,99.</translation>
    </message>
    <message>
      <source>Of Whittaker: give observations that lie far from the curve less weight, in three rounds.</source>
      <translation>Pour Whittaker : donner moins de poids aux observations éloignées de la courbe, en trois passes.</translation>
    </message>
    <message>
      <source>Of more the largest are kept.</source>
      <translation>S’il y en a plus, les plus grandes sont gardées.</translation>
    </message>
    <message>
      <source>On the command line: {names}.</source>
      <translation>En ligne de commande : {names}.</translation>
    </message>
    <message>
      <source>On the first of each month</source>
      <translation>Le premier de chaque mois</translation>
    </message>
    <message>
      <source>One row per zone and period: mean, median, extremes and more of all its dates, how many dates and pixels they are of, and which share of the pixels was valid. pooled_mean and pooled_std are those of all pixels of all dates.

Wide: also a file with a row per zone and a column per period, for spreadsheets; the wide table can be an XLSX or CSV file.

A period with few dates says little: see the column dates. The files are in analysis_data of the extraction.</source>
      <translation>Une ligne par zone et période : moyenne, médiane, extrêmes, etc. de toutes ses dates, le nombre de dates et de pixels dont ils proviennent, et la part de pixels valides. pooled_mean et pooled_std sont ceux de tous les pixels de toutes les dates.

Table large : en plus, un fichier avec une ligne par zone et une colonne par période, pour les tableurs ; cette table peut être un fichier XLSX ou CSV.

Une période qui a peu de dates dit peu de chose : voyez la colonne dates. Les fichiers se trouvent dans le dossier analysis_data de l’extraction.</translation>
    </message>
    <message>
      <source>Only say what would be done</source>
      <translation>Indiquer seulement ce qui serait fait</translation>
    </message>
    <message>
      <source>Open a copy in the model designer…</source>
      <translation>Ouvrir une copie dans le modeleur graphique…</translation>
    </message>
    <message>
      <source>Open the folder</source>
      <translation>Ouvrir le dossier</translation>
    </message>
    <message>
      <source>Open the log of the last run</source>
      <translation>Ouvrir le journal de la dernière exécution</translation>
    </message>
    <message>
      <source>Open the report</source>
      <translation>Ouvrir le rapport</translation>
    </message>
    <message>
      <source>Opened {path}</source>
      <translation>{path} ouvert</translation>
    </message>
    <message>
      <source>Options</source>
      <translation>Options</translation>
    </message>
    <message>
      <source>Options…</source>
      <translation>Options…</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Degré</translation>
    </message>
    <message>
      <source>Order of the polynomials of Savitzky-Golay</source>
      <translation>Degré des polynômes de Savitzky-Golay</translation>
    </message>
    <message>
      <source>Order of the polynomials, less than the window.</source>
      <translation>Degré des polynômes, plus petit que la fenêtre.</translation>
    </message>
    <message>
      <source>Origin</source>
      <translation>Origine</translation>
    </message>
    <message>
      <source>Other years (median, 10 to 90 %)</source>
      <translation>Autres années (médiane, de 10 à 90 %)</translation>
    </message>
    <message>
      <source>Other, as cron writes it</source>
      <translation>Autre, comme l’écrit cron</translation>
    </message>
    <message>
      <source>Outcome</source>
      <translation>Résultat</translation>
    </message>
    <message>
      <source>Overview</source>
      <translation>Vue d’ensemble</translation>
    </message>
    <message>
      <source>Part of the way to the peak</source>
      <translation>Part de la montée vers le pic</translation>
    </message>
    <message>
      <source>Peak of the season</source>
      <translation>Pic de la saison</translation>
    </message>
    <message>
      <source>Peak, day of the year</source>
      <translation>Pic, jour de l’année</translation>
    </message>
    <message>
      <source>Per month</source>
      <translation>Par mois</translation>
    </message>
    <message>
      <source>Percentile</source>
      <translation>Percentile</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Période</translation>
    </message>
    <message>
      <source>Periods</source>
      <translation>Périodes</translation>
    </message>
    <message>
      <source>Periods with fewer dates have no values.</source>
      <translation>Les périodes qui ont moins de dates n’ont pas de valeurs.</translation>
    </message>
    <message>
      <source>Phenology</source>
      <translation>Phénologie</translation>
    </message>
    <message>
      <source>Pick zones on the map</source>
      <translation>Choisir des zones sur la carte</translation>
    </message>
    <message>
      <source>Pick zones on the map, or select features of the layer that was extracted.</source>
      <translation>Choisissez des zones sur la carte, ou sélectionnez des entités de la couche qui a été extraite.</translation>
    </message>
    <message>
      <source>Pictures need the Python package matplotlib, which is not installed for this Python ({reason}). Install it: {install}</source>
      <translation>Les images nécessitent le paquet Python matplotlib, qui n’est pas installé pour ce Python ({reason}). Pour l’installer : {install}</translation>
    </message>
    <message>
      <source>Pictures of the zone</source>
      <translation>Vignettes de la zone</translation>
    </message>
    <message>
      <source>Pictures too</source>
      <translation>Aussi les images</translation>
    </message>
    <message>
      <source>Pictures: {files}</source>
      <translation>Images : {files}</translation>
    </message>
    <message>
      <source>Pictures: {pictures}, zones: {zones}, products: {products}.</source>
      <translation>Images : {pictures}, zones : {zones}, produits : {products}.</translation>
    </message>
    <message>
      <source>Pixels of 10 m per side of each raster, 64 to 10980 (a full tile). Odd numbers are rounded up.</source>
      <translation>Nombre de pixels de 10 m par côté de chaque raster, de 64 à 10980 (une tuile entière). Les nombres impairs sont arrondis au nombre pair supérieur.</translation>
    </message>
    <message>
      <source>Pixels of a zone</source>
      <translation>Pixels d’une zone</translation>
    </message>
    <message>
      <source>Pixels per side</source>
      <translation>Pixels par côté</translation>
    </message>
    <message>
      <source>Pixels seen</source>
      <translation>Pixels vus</translation>
    </message>
    <message>
      <source>Pixels without data</source>
      <translation>Pixels sans donnée</translation>
    </message>
    <message>
      <source>Pixels: {count} valid, {nodata} without data</source>
      <translation>Pixels : {count} valides, {nodata} sans donnée</translation>
    </message>
    <message>
      <source>Play the acquisitions</source>
      <translation>Lire les acquisitions</translation>
    </message>
    <message>
      <source>Plot time series</source>
      <translation>Tracer les séries temporelles</translation>
    </message>
    <message>
      <source>Plots</source>
      <translation>Graphiques</translation>
    </message>
    <message>
      <source>Previous acquisition</source>
      <translation>Acquisition précédente</translation>
    </message>
    <message>
      <source>Previous zone</source>
      <translation>Zone précédente</translation>
    </message>
    <message>
      <source>Product</source>
      <translation>Produit</translation>
    </message>
    <message>
      <source>Product {done} of {all}: {file}, rows: {rows}</source>
      <translation>Produit {done} sur {all} : {file}, lignes : {rows}</translation>
    </message>
    <message>
      <source>Product {number} of {count}: {product}</source>
      <translation>Produit {number} sur {count} : {product}</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>Produits</translation>
    </message>
    <message>
      <source>Products and indices</source>
      <translation>Produits et indices</translation>
    </message>
    <message>
      <source>Products of a tile and index that lack a mask that others have: Extract skips them.</source>
      <translation>Produits d’une tuile et d’un indice auxquels manque un masque que d’autres possèdent : Extraire ne les traite pas.</translation>
    </message>
    <message>
      <source>Products without a true colour picture in the L2A of the library: {number} of {products}.</source>
      <translation>Produits sans image en couleurs naturelles dans le L2A de la bibliothèque : {number} sur {products}.</translation>
    </message>
    <message>
      <source>Products without a valid pixel in any zone: {number} ({days})</source>
      <translation>Produits sans aucun pixel valide dans aucune zone : {number} ({days})</translation>
    </message>
    <message>
      <source>Products without data are not listed, {number}: {reason}</source>
      <translation>Produits sans données non inscrits, {number} : {reason}</translation>
    </message>
    <message>
      <source>Products without row</source>
      <translation>Produits sans ligne</translation>
    </message>
    <message>
      <source>Products: {PRODUCTS} ({EXTRACTED} extracted, {SKIPPED} already done, {EMPTY} without data, {FAILED} failed). Rows: {ROWS}.</source>
      <translation>Produits : {PRODUCTS}, dont extraits : {EXTRACTED}, déjà faits : {SKIPPED}, sans donnée : {EMPTY}, en échec : {FAILED}. Lignes : {ROWS}.</translation>
    </message>
    <message>
      <source>QGIS cannot open it again as {text}</source>
      <translation>QGIS ne peut pas le rouvrir sous la forme {text}</translation>
    </message>
    <message>
      <source>QGIS's own panel then plays the dates in view, in equal steps of five days, and can export them</source>
      <translation>Le panneau de QGIS lit alors les dates visibles, par pas égaux de cinq jours, et peut les exporter</translation>
    </message>
    <message>
      <source>Quicklooks</source>
      <translation>Aperçus (quicklooks)</translation>
    </message>
    <message>
      <source>Radiometric indices; empty: all that the library has. On the command line, their names separated by commas: {names}.</source>
      <translation>Indices radiométriques ; vide : tous ceux de la bibliothèque. En ligne de commande, leurs noms séparés par des virgules : {names}.</translation>
    </message>
    <message>
      <source>Radiometric indices; empty: all that were extracted. On the command line, their names separated by commas: {names}.</source>
      <translation>Indices radiométriques ; vide : tous ceux qui ont été extraits. En ligne de commande, leurs noms séparés par des virgules : {names}.</translation>
    </message>
    <message>
      <source>Radiometric indices; on the command line, their names separated by commas: {names}.</source>
      <translation>Indices radiométriques ; en ligne de commande, leurs noms séparés par des virgules : {names}.</translation>
    </message>
    <message>
      <source>Radiometric indices; on the command line: {names}.</source>
      <translation>Indices radiométriques ; en ligne de commande : {names}.</translation>
    </message>
    <message>
      <source>Rasters</source>
      <translation>Rasters</translation>
    </message>
    <message>
      <source>Raw files that this plugin has no note of are read once.</source>
      <translation>Les fichiers bruts dont cette extension n’a pas trace sont lus une fois.</translation>
    </message>
    <message>
      <source>Re-extract existing products</source>
      <translation>Extraire à nouveau les produits existants</translation>
    </message>
    <message>
      <source>Reading the zones of {name}…</source>
      <translation>Lecture des zones de {name}…</translation>
    </message>
    <message>
      <source>Reading {path} needs GDAL's Python bindings, or the package pyogrio that comes with geopandas; this Python has neither ({reason}). Install one: {install}</source>
      <translation>Lire {path} nécessite les liaisons Python de GDAL, ou le paquet pyogrio fourni avec geopandas ; ce Python n’a ni l’un ni l’autre ({reason}). Pour en installer un : {install}</translation>
    </message>
    <message>
      <source>Refresh</source>
      <translation>Actualiser</translation>
    </message>
    <message>
      <source>Remarks</source>
      <translation>Remarques</translation>
    </message>
    <message>
      <source>Remember library and cloud masks of the last run</source>
      <translation>Retenir la bibliothèque et les masques de nuages de la dernière exécution</translation>
    </message>
    <message>
      <source>Remove job {name}? It no longer runs, and its file is deleted. Its logs and its results stay.</source>
      <translation>Supprimer le travail {name} ? Il ne s’exécutera plus, et son fichier sera effacé. Ses journaux et ses résultats restent.</translation>
    </message>
    <message>
      <source>Removed {path}: it no longer has rows, or a newer file replaces it.</source>
      <translation>{path} supprimé : il n’a plus de ligne, ou un fichier plus récent le remplace.</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>Supprimer…</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <source>Rise per day</source>
      <translation>Hausse par jour</translation>
    </message>
    <message>
      <source>Robust against outliers</source>
      <translation>Robuste face aux valeurs aberrantes</translation>
    </message>
    <message>
      <source>Rows</source>
      <translation>Lignes</translation>
    </message>
    <message>
      <source>Rows from: {file}</source>
      <translation>Lignes issues de : {file}</translation>
    </message>
    <message>
      <source>Rows of {file}: {rows} instead of {known}; computed again.</source>
      <translation>Lignes de {file} : {rows} au lieu de {known} ; recalculé.</translation>
    </message>
    <message>
      <source>Rows with more pixels without data than this are not used.</source>
      <translation>Les lignes qui ont plus de pixels sans donnée que cette valeur ne sont pas utilisées.</translation>
    </message>
    <message>
      <source>Run a job</source>
      <translation>Exécuter un travail</translation>
    </message>
    <message>
      <source>Run by itself, at its timing</source>
      <translation>Exécuter automatiquement, à l’horaire prévu</translation>
    </message>
    <message>
      <source>Run now</source>
      <translation>Exécuter maintenant</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>En cours</translation>
    </message>
    <message>
      <source>Runs a job now: extracts, compiles and copies each of its tasks.</source>
      <translation>Exécute un travail maintenant : extrait, compile et copie chacune de ses tâches.</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Enregistrer</translation>
    </message>
    <message>
      <source>Save a job</source>
      <translation>Enregistrer un travail</translation>
    </message>
    <message>
      <source>Save and schedule</source>
      <translation>Enregistrer et planifier</translation>
    </message>
    <message>
      <source>Save the chart as PNG…</source>
      <translation>Enregistrer le graphique en PNG…</translation>
    </message>
    <message>
      <source>Save the chart as SVG…</source>
      <translation>Enregistrer le graphique en SVG…</translation>
    </message>
    <message>
      <source>Save the values as CSV…</source>
      <translation>Enregistrer les valeurs en CSV…</translation>
    </message>
    <message>
      <source>Saved {path}</source>
      <translation>{path} enregistré</translation>
    </message>
    <message>
      <source>Saves what to extract, compile and copy as a job that can run every night.</source>
      <translation>Enregistre ce qu’il faut extraire, compiler et copier sous forme d’un travail qui peut s’exécuter chaque nuit.</translation>
    </message>
    <message>
      <source>Say in the log how many products of each tile would be extracted, which files would be written and what would be copied, and do nothing.</source>
      <translation>Indiquer dans le journal combien de produits de chaque tuile seraient extraits, quels fichiers seraient écrits et ce qui serait copié, et ne rien faire.</translation>
    </message>
    <message>
      <source>Schedule a job</source>
      <translation>Planifier un travail</translation>
    </message>
    <message>
      <source>Schedules a job, so that it runs by itself, or reports its status.</source>
      <translation>Planifie un travail, pour qu’il s’exécute tout seul, ou indique son état.</translation>
    </message>
    <message>
      <source>Search zones and groups</source>
      <translation>Rechercher des zones et des groupes</translation>
    </message>
    <message>
      <source>Season</source>
      <translation>Saison</translation>
    </message>
    <message>
      <source>Seasons</source>
      <translation>Saisons</translation>
    </message>
    <message>
      <source>Seasons with a longer time between two observations are flagged with gap.</source>
      <translation>Les saisons qui ont une plus longue période entre deux observations reçoivent l’indication gap.</translation>
    </message>
    <message>
      <source>Seasons, with the smoothed curve</source>
      <translation>Saisons, avec la courbe lissée</translation>
    </message>
    <message>
      <source>See what a run would do…</source>
      <translation>Voir ce que ferait une exécution…</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>Graine</translation>
    </message>
    <message>
      <source>Sen2Chain library</source>
      <translation>Bibliothèque Sen2Chain</translation>
    </message>
    <message>
      <source>Sen2Chain time series</source>
      <translation>Séries temporelles Sen2Chain</translation>
    </message>
    <message>
      <source>Sen2Chain time series: reading rasters</source>
      <translation>Séries temporelles Sen2Chain : lecture des rasters</translation>
    </message>
    <message>
      <source>Sen2Chain time series: working through rows</source>
      <translation>Séries temporelles Sen2Chain : traitement des lignes</translation>
    </message>
    <message>
      <source>Sen2Chain's own line for a job {name} is in the crontab too, and runs by itself. So that the job does not run twice, stop that one: JobExtraction("{name}").cron_disable() in Python with Sen2Chain.</source>
      <translation>La ligne de Sen2Chain lui-même pour un travail {name} est aussi dans la crontab, et s’exécute toute seule. Pour que le travail ne s’exécute pas deux fois, arrêtez celle-là : JobExtraction("{name}").cron_disable() en Python avec Sen2Chain.</translation>
    </message>
    <message>
      <source>Sen2Chain's own line for a job {name} is in the crontab too, commented.</source>
      <translation>La ligne de Sen2Chain lui-même pour un travail {name} est aussi dans la crontab, en commentaire.</translation>
    </message>
    <message>
      <source>Sen2Chain's smoothing uses {used} of them.</source>
      <translation>Le lissage de Sen2Chain en utilise {used}.</translation>
    </message>
    <message>
      <source>Sep</source>
      <translation>sept.</translation>
    </message>
    <message>
      <source>Settings of the analyses</source>
      <translation>Réglages des analyses</translation>
    </message>
    <message>
      <source>Share of the normal (%)</source>
      <translation>Part de la normale (%)</translation>
    </message>
    <message>
      <source>Share of valid pixels</source>
      <translation>Part de pixels valides</translation>
    </message>
    <message>
      <source>Shorter seasons are dropped.</source>
      <translation>Les saisons plus courtes sont écartées.</translation>
    </message>
    <message>
      <source>Show all dates and values</source>
      <translation>Montrer toutes les dates et toutes les valeurs</translation>
    </message>
    <message>
      <source>Show one acquisition after the other on the map, up to the last one; again to stop</source>
      <translation>Montre une acquisition après l'autre sur la carte, jusqu'à la dernière ; une fois de plus pour arrêter</translation>
    </message>
    <message>
      <source>Show the curves</source>
      <translation>Afficher les courbes</translation>
    </message>
    <message>
      <source>Show the curves of the last run</source>
      <translation>Afficher les courbes de la dernière exécution</translation>
    </message>
    <message>
      <source>Show the extraction of the last run</source>
      <translation>Montrer l’extraction de la dernière exécution</translation>
    </message>
    <message>
      <source>Show the jobs</source>
      <translation>Afficher les travaux</translation>
    </message>
    <message>
      <source>Show the zones of the features that are selected in any layer that has the same geometries</source>
      <translation>Montrer les zones des entités sélectionnées dans toute couche qui a les mêmes géométries</translation>
    </message>
    <message>
      <source>Show this day on the map</source>
      <translation>Montrer ce jour sur la carte</translation>
    </message>
    <message>
      <source>Show true colours instead of the index, where the library has the L2A product of the day</source>
      <translation>Montre les couleurs naturelles au lieu de l'indice, là où la bibliothèque a le produit L2A du jour</translation>
    </message>
    <message>
      <source>Skipped</source>
      <translation>Ignorés</translation>
    </message>
    <message>
      <source>Skipped items, and files</source>
      <translation>Éléments ignorés, et fichiers</translation>
    </message>
    <message>
      <source>Slope per year</source>
      <translation>Pente par an</translation>
    </message>
    <message>
      <source>Slope per year, lower limit (95 %)</source>
      <translation>Pente par an, borne inférieure (95 %)</translation>
    </message>
    <message>
      <source>Slope per year, upper limit (95 %)</source>
      <translation>Pente par an, borne supérieure (95 %)</translation>
    </message>
    <message>
      <source>Smaller ups and downs, in index values, are no seasons.</source>
      <translation>Des hausses et des baisses plus petites, en valeurs d’indice, ne sont pas des saisons.</translation>
    </message>
    <message>
      <source>Smooth</source>
      <translation>Lisser</translation>
    </message>
    <message>
      <source>Smooth the time series</source>
      <translation>Lisser les séries temporelles</translation>
    </message>
    <message>
      <source>Smoothed curve on the true dates</source>
      <translation>Courbe lissée aux dates réelles</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>Lissage</translation>
    </message>
    <message>
      <source>Smoothing needs the Python package scipy, which is not installed for this Python ({reason}). Install it, or run without smoothing. To install it: {install}</source>
      <translation>Le lissage nécessite le paquet Python scipy, qui n’est pas installé pour ce Python ({reason}). Installez-le, ou lancez sans lissage. Pour l’installer : {install}</translation>
    </message>
    <message>
      <source>Smoothing of Sen2Chain…</source>
      <translation>Lissage de Sen2Chain…</translation>
    </message>
    <message>
      <source>Smoothing: fill long gaps with other years</source>
      <translation>Lissage : combler les longues lacunes avec les autres années</translation>
    </message>
    <message>
      <source>Smoothing: maximum share of pixels without data (%)</source>
      <translation>Lissage : part maximale de pixels sans donnée (%)</translation>
    </message>
    <message>
      <source>Smoothing: order of the polynomials</source>
      <translation>Lissage : degré des polynômes</translation>
    </message>
    <message>
      <source>Smoothing: window (dates of 5 days)</source>
      <translation>Lissage : fenêtre (en dates de 5 jours)</translation>
    </message>
    <message>
      <source>Some texts of {layer} are not in the encoding of the layer: they hold {character}. Choose another encoding in the layer properties, or write its name into a .cpg file next to the shapefile.</source>
      <translation>Certains textes de {layer} ne sont pas dans l'encodage de la couche : ils contiennent {character}. Choisissez un autre encodage dans les propriétés de la couche, ou écrivez son nom dans un fichier .cpg à côté du shapefile.</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Source</translation>
    </message>
    <message>
      <source>Source of the indices</source>
      <translation>Source des indices</translation>
    </message>
    <message>
      <source>Spikes also where no cloud is known</source>
      <translation>Pointes aussi là où aucun nuage n’est connu</translation>
    </message>
    <message>
      <source>Standard deviation</source>
      <translation>Écart-type</translation>
    </message>
    <message>
      <source>Standard deviation of the years</source>
      <translation>Écart-type des années</translation>
    </message>
    <message>
      <source>Standard deviation {times}</source>
      <translation>Écart-type {times}</translation>
    </message>
    <message>
      <source>Start of the season</source>
      <translation>Début de la saison</translation>
    </message>
    <message>
      <source>Start, day of the year</source>
      <translation>Début, jour de l’année</translation>
    </message>
    <message>
      <source>State</source>
      <translation>État</translation>
    </message>
    <message>
      <source>Statistic</source>
      <translation>Statistique</translation>
    </message>
    <message>
      <source>Statistic of the wide table</source>
      <translation>Statistique de la table large</translation>
    </message>
    <message>
      <source>Statistics</source>
      <translation>Statistiques</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>État</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Arrêter</translation>
    </message>
    <message>
      <source>Stop playing</source>
      <translation>Arrêter la lecture</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Arrêté</translation>
    </message>
    <message>
      <source>Stopped before anything was extracted.</source>
      <translation>Arrêté avant toute extraction.</translation>
    </message>
    <message>
      <source>Stopped: {done} of {all} products are extracted, and are kept.</source>
      <translation>Arrêté : {done} produits sur {all} sont extraits, et conservés.</translation>
    </message>
    <message>
      <source>Succeeded</source>
      <translation>Réussi</translation>
    </message>
    <message>
      <source>Table of all rows</source>
      <translation>Table de toutes les lignes</translation>
    </message>
    <message>
      <source>Table of the anomalies</source>
      <translation>Table des anomalies</translation>
    </message>
    <message>
      <source>Table of the curves</source>
      <translation>Table des courbes</translation>
    </message>
    <message>
      <source>Table of the inventory</source>
      <translation>Table de l’inventaire</translation>
    </message>
    <message>
      <source>Table of the new rows</source>
      <translation>Table des nouvelles lignes</translation>
    </message>
    <message>
      <source>Table of the periods</source>
      <translation>Table des périodes</translation>
    </message>
    <message>
      <source>Table of the seasons</source>
      <translation>Table des saisons</translation>
    </message>
    <message>
      <source>Table of the time series</source>
      <translation>Table des séries temporelles</translation>
    </message>
    <message>
      <source>Table of the trends</source>
      <translation>Table des tendances</translation>
    </message>
    <message>
      <source>Table of the values</source>
      <translation>Tableau des valeurs</translation>
    </message>
    <message>
      <source>Tables need the Python package pandas, which is not installed for this Python ({reason}). Install it: {install}</source>
      <translation>Les tables nécessitent le paquet Python pandas, qui n’est pas installé pour ce Python ({reason}). Pour l’installer : {install}</translation>
    </message>
    <message>
      <source>Take task {number} out of job {name}?</source>
      <translation>Retirer la tâche {number} du travail {name} ?</translation>
    </message>
    <message>
      <source>Take that task out</source>
      <translation>Retirer cette tâche</translation>
    </message>
    <message>
      <source>Take the map to the date after, of those that the curves have</source>
      <translation>Mène la carte à la date suivante, parmi celles des courbes</translation>
    </message>
    <message>
      <source>Take the map to the date before, of those that the curves have</source>
      <translation>Mène la carte à la date précédente, parmi celles des courbes</translation>
    </message>
    <message>
      <source>Take the task of that number out of the job.</source>
      <translation>Retirer du travail la tâche de ce numéro.</translation>
    </message>
    <message>
      <source>Task to change</source>
      <translation>Tâche à modifier</translation>
    </message>
    <message>
      <source>Task {number} cannot run: {problem}</source>
      <translation>La tâche {number} ne peut pas s’exécuter : {problem}</translation>
    </message>
    <message>
      <source>Task {number} is commented: complete it, and remove the ! before it.</source>
      <translation>La tâche {number} est en commentaire : complétez-la, et enlevez le ! qui la précède.</translation>
    </message>
    <message>
      <source>Task {number} is to be copied, but compiles no file: nothing will be copied.</source>
      <translation>La tâche {number} doit être copiée, mais ne compile aucun fichier : rien ne sera copié.</translation>
    </message>
    <message>
      <source>Task {number} names no layer, no index or no cloud mask: nothing to do.</source>
      <translation>La tâche {number} ne nomme pas de couche, d’indice ou de masque de nuages : rien à faire.</translation>
    </message>
    <message>
      <source>Task {number} of job {name}</source>
      <translation>Tâche {number} du travail {name}</translation>
    </message>
    <message>
      <source>Task {number}, damaged raw files, left out of what was compiled: {count}. They are named above. The next run writes them again, except those of dates outside the task: run Extract on these dates.</source>
      <translation>Tâche {number}, fichiers bruts endommagés, écartés de ce qui a été compilé : {count}. Ils sont nommés plus haut. La prochaine exécution les réécrit, sauf ceux de dates hors de la tâche : lancez Extraire sur ces dates.</translation>
    </message>
    <message>
      <source>Task {number}, products: {extracted} extracted, {skipped} already done, {empty} without rows, {failed} failed.</source>
      <translation>Tâche {number}, produits extraits : {extracted}, déjà faits : {skipped}, sans ligne : {empty}, en échec : {failed}.</translation>
    </message>
    <message>
      <source>Task {number}: compiling {period} failed: {problem}</source>
      <translation>Tâche {number} : échec de la compilation de {period} : {problem}</translation>
    </message>
    <message>
      <source>Task {number}: copied to {target}, files: {sent}.</source>
      <translation>Tâche {number} : copie vers {target}, fichiers : {sent}.</translation>
    </message>
    <message>
      <source>Task {number}: nothing is compiled, so there is nothing to copy.</source>
      <translation>Tâche {number} : rien n’est compilé, il n’y a donc rien à copier.</translation>
    </message>
    <message>
      <source>Task {number}: the copy failed: {problem}</source>
      <translation>Tâche {number} : échec de la copie : {problem}</translation>
    </message>
    <message>
      <source>Task {number}: the extraction failed: {problem}</source>
      <translation>Tâche {number} : échec de l’extraction : {problem}</translation>
    </message>
    <message>
      <source>Task {number}: {kind} failed: {problem}</source>
      <translation>Tâche {number} : échec de {kind} : {problem}</translation>
    </message>
    <message>
      <source>Task {number}: {kind}, files: {files}, rows: {rows}.</source>
      <translation>Tâche {number} : {kind}, fichiers : {files}, lignes : {rows}.</translation>
    </message>
    <message>
      <source>Task {number}: {layer}</source>
      <translation>Tâche {number} : {layer}</translation>
    </message>
    <message>
      <source>Task {number}: {layer}, {first} to {last}, {indices}, {masks}.</source>
      <translation>Tâche {number} : {layer}, du {first} au {last}, {indices}, {masks}.</translation>
    </message>
    <message>
      <source>Task {number}: {problem}</source>
      <translation>Tâche {number} : {problem}</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>Tâches</translation>
    </message>
    <message>
      <source>Tests whether the years of each zone go up or down, and measures how fast.</source>
      <translation>Teste si les années de chaque zone montent ou descendent, et mesure à quelle vitesse.</translation>
    </message>
    <message>
      <source>The .aux.xml sidecar of {file} is missing or names another nodata value; nodata is 16383, as ever.</source>
      <translation>Le fichier annexe .aux.xml de {file} est absent ou indique une autre valeur nodata ; la valeur nodata est 16383, comme toujours.</translation>
    </message>
    <message>
      <source>The Dask cluster at {address} cannot load the engine ({reason}). Put the folder that holds sen2chain_ts_plugin on the PYTHONPATH of the scheduler and of the workers, install numpy for both, and rasterio for the workers.</source>
      <translation>Le cluster Dask à l’adresse {address} ne peut pas charger le moteur ({reason}). Mettez le dossier qui contient sen2chain_ts_plugin dans le PYTHONPATH du scheduler et des workers, installez numpy pour les deux, et rasterio pour les workers.</translation>
    </message>
    <message>
      <source>The Dask scheduler at {address} no longer answers. What was done is kept; run again to continue.</source>
      <translation>Le scheduler Dask à l’adresse {address} ne répond plus. Ce qui a été fait est gardé ; relancez pour continuer.</translation>
    </message>
    <message>
      <source>The Windows Task Scheduler cannot follow '{timing}': too many moments a day without a regular interval. Choose a simpler timing, such as */15 * * * *.</source>
      <translation>Le Planificateur de tâches de Windows ne peut pas suivre « {timing} » : trop d’instants par jour sans intervalle régulier. Choisissez un horaire plus simple, tel que */15 * * * *.</translation>
    </message>
    <message>
      <source>The acquisitions begin or end within these years, which count all the same: {years}. FROM_MONTH and TO_MONTH limit each year to months that all of them have.</source>
      <translation>Les acquisitions commencent ou finissent au cours de ces années, qui comptent malgré tout : {years}. FROM_MONTH et TO_MONTH limitent chaque année aux mois que toutes possèdent.</translation>
    </message>
    <message>
      <source>The attributes of {layer} are not those that this extraction began with, although its shapefile is the same (names of more than 10 characters, texts of more than 254): rows that are already extracted keep the old ones. To renew them, extract again what is already extracted.</source>
      <translation>Les attributs de {layer} ne sont pas ceux avec lesquels cette extraction a commencé, bien que son shapefile soit le même (noms de plus de 10 caractères, textes de plus de 254) : les lignes déjà extraites gardent les anciens. Pour les renouveler, extrayez de nouveau ce qui est déjà extrait.</translation>
    </message>
    <message>
      <source>The chart needs the Python package matplotlib, 3.5 or later ({reason}). Debian, Ubuntu: apt install python3-matplotlib. Windows: OSGeo4W setup, advanced install, python3-matplotlib. conda: conda install matplotlib. The table of values works without it.</source>
      <translation>Le graphique nécessite le paquet Python matplotlib, version 3.5 ou plus récente ({reason}). Debian, Ubuntu : apt install python3-matplotlib. Windows : installateur OSGeo4W, installation avancée, python3-matplotlib. conda : conda install matplotlib. Le tableau des valeurs fonctionne sans lui.</translation>
    </message>
    <message>
      <source>The columns, in addition to dates, pixels and valid_share.</source>
      <translation>Les colonnes, en plus de dates, pixels et valid_share.</translation>
    </message>
    <message>
      <source>The copy needs {program}, which is not installed, or not on the PATH. To install it: {install}</source>
      <translation>La copie a besoin de {program}, qui n’est pas installé, ou pas dans le PATH. Pour l’installer : {install}</translation>
    </message>
    <message>
      <source>The curve uses {used} of them; spikes left out: {spikes}.</source>
      <translation>La courbe en utilise {used} ; pointes écartées : {spikes}.</translation>
    </message>
    <message>
      <source>The ending -{ending} of the cloud mask {name} is that of results: ask for the cloud mask {plain}, and for PIXELS = {pixels}.</source>
      <translation>La terminaison -{ending} du masque de nuages {name} est celle de résultats : demandez le masque de nuages {plain}, et PIXELS = {pixels}.</translation>
    </message>
    <message>
      <source>The first day of one of the periods of the kind days.</source>
      <translation>Le premier jour de l’une des périodes de type days.</translation>
    </message>
    <message>
      <source>The folder NAME_CHECKSUM that Extract or Sen2Chain made; it holds raw_data.</source>
      <translation>Le dossier NOM_SOMME créé par Extraire ou par Sen2Chain ; il contient raw_data.</translation>
    </message>
    <message>
      <source>The folder in which the extraction folder NAME_CHECKSUM is found or made. Empty: the extraction folder of the library.</source>
      <translation>Le dossier dans lequel le dossier d’extraction NOM_SOMME est cherché ou créé. Vide : le dossier des extractions de la bibliothèque.</translation>
    </message>
    <message>
      <source>The job now says {timing}: enable it again to follow it.</source>
      <translation>Le travail indique maintenant l’horaire {timing} : activez-le à nouveau pour que la planification le suive.</translation>
    </message>
    <message>
      <source>The last date {last} is before the first date {first}. Swap them.</source>
      <translation>La dernière date {last} est antérieure à la première {first}. Intervertissez-les.</translation>
    </message>
    <message>
      <source>The last {days} days before each run</source>
      <translation>Les {days} derniers jours avant chaque exécution</translation>
    </message>
    <message>
      <source>The layer {layer} has been edited since it was extracted. Features that differ: {number}.</source>
      <translation>La couche {layer} a été modifiée depuis son extraction. Entités différentes : {number}.</translation>
    </message>
    <message>
      <source>The library has no product of {indices}.</source>
      <translation>La bibliothèque n’a aucun produit de {indices}.</translation>
    </message>
    <message>
      <source>The library of this extraction has no image of {day}.</source>
      <translation>La bibliothèque de cette extraction n’a pas d’image du {day}.</translation>
    </message>
    <message>
      <source>The library that the extraction was made from: a Sen2Chain data folder (it holds INDICES), or a folder that holds sen2chain_data/config/config.cfg. Empty: the folder that the variable SEN2CHAIN_HOMEPATH names, else your home folder.</source>
      <translation>La bibliothèque dont l’extraction est issue : un dossier de données Sen2Chain (il contient INDICES), ou un dossier qui contient sen2chain_data/config/config.cfg. Vide : le dossier que désigne la variable SEN2CHAIN_HOMEPATH, sinon votre dossier personnel.</translation>
    </message>
    <message>
      <source>The line of job {name} in the crontab would have {length} bytes, more than this cron takes ({reason}). The schedule is as it was. Move or rename what has the longest paths: {paths}. Or let another scheduler run, at {timing}: {command}</source>
      <translation>La ligne du travail {name} dans la crontab aurait {length} octets, plus que ce cron n’en accepte ({reason}). La planification est inchangée. Déplacez ou renommez ce qui a les chemins les plus longs : {paths}. Ou faites lancer par un autre planificateur, à {timing} : {command}</translation>
    </message>
    <message>
      <source>The minimum cloud cover, {least} %, is above the maximum, {most} %. Swap them.</source>
      <translation>La couverture nuageuse minimale, {least} %, dépasse la maximale, {most} %. Intervertissez-les.</translation>
    </message>
    <message>
      <source>The name of a job of this library, or the path of a job file (job_NAME.cfg).</source>
      <translation>Le nom d’un travail de cette bibliothèque, ou le chemin d’un fichier de travail (job_NOM.cfg).</translation>
    </message>
    <message>
      <source>The number, from 1, of the task to change instead of adding one; commented tasks count. What is not given keeps its value.</source>
      <translation>Le numéro, à partir de 1, de la tâche à modifier au lieu d’en ajouter une ; les tâches en commentaire comptent. Ce qui n’est pas donné garde sa valeur.</translation>
    </message>
    <message>
      <source>The path '{text}' cannot be used in a schedule, because of the character {character}. Rename the folder.</source>
      <translation>Le chemin « {text} » ne peut pas servir dans une planification, à cause du caractère {character}. Renommez le dossier.</translation>
    </message>
    <message>
      <source>The period 'custom' needs both a first and a last date.</source>
      <translation>La période « custom » a besoin d’une première et d’une dernière date.</translation>
    </message>
    <message>
      <source>The pictures of details show {shown} of {zones} zones, evenly chosen.</source>
      <translation>Les images de détail montrent {shown} zones sur {zones}, choisies à intervalles réguliers.</translation>
    </message>
    <message>
      <source>The products in {folder} are zipped: {files}. Unpack them: each becomes a folder &lt;product&gt;.SAFE.</source>
      <translation>Les produits dans {folder} sont compressés (zip) : {files}. Décompressez-les : chacun devient un dossier &lt;produit&gt;.SAFE.</translation>
    </message>
    <message>
      <source>The raw data have a zone {zone}, but {path} has only {number}. The extraction is damaged. Move its folder away and run Extract again.</source>
      <translation>Les données brutes ont une zone {zone}, mais {path} n’en a que {number}. L’extraction est endommagée. Mettez son dossier de côté et relancez Extraire.</translation>
    </message>
    <message>
      <source>The reference years hold products of different processing baselines ({baselines}): part of a difference may come from the processing.</source>
      <translation>Les années de référence contiennent des produits de différentes versions de traitement ({baselines}) : une partie d’un écart peut venir du traitement.</translation>
    </message>
    <message>
      <source>The report has no map: {reason}</source>
      <translation>Le rapport n’a pas de carte : {reason}</translation>
    </message>
    <message>
      <source>The rows in {folder} were extracted with MIN_COVERAGE = {before}, now it is {now}. Rows of both must not mix: re-extract all existing products of this folder, or choose another output folder.</source>
      <translation>Les lignes dans {folder} ont été extraites avec MIN_COVERAGE = {before} ; c’est maintenant {now}. Les lignes des deux ne doivent pas se mélanger : extrayez à nouveau tous les produits existants de ce dossier, ou choisissez un autre dossier de sortie.</translation>
    </message>
    <message>
      <source>The same statistics as Extract, all dates in one CSV per index, without an extraction folder: for a single study. For ongoing work, with new dates now and then, use Extract and Compile.

Where several products show a zone at the same time, the row with most valid pixels is kept, then the one with the smallest standard deviation.</source>
      <translation>Les mêmes statistiques qu’Extraire, toutes les dates dans un CSV par indice, sans dossier d’extraction : pour une étude ponctuelle. Pour un travail suivi, où de nouvelles dates arrivent de temps en temps, utilisez Extraire et Compiler.

Si plusieurs produits montrent une zone au même moment, la ligne qui a le plus de pixels valides est gardée, puis, à égalité, celle dont l’écart-type est le plus petit.</translation>
    </message>
    <message>
      <source>The sample library is ready, with a layer of fields: {library}</source>
      <translation>La bibliothèque d’exemple est prête, avec une couche de parcelles : {library}</translation>
    </message>
    <message>
      <source>The sample library is written by rasterio or by GDAL's own Python bindings, and neither is there ({reason}). Install rasterio: {install}</source>
      <translation>La bibliothèque d’exemple est écrite par rasterio ou par les liaisons Python de GDAL, et ni l’un ni les autres ne sont là ({reason}). Installez rasterio : {install}</translation>
    </message>
    <message>
      <source>The schedule runs another job of this name, {job} of the library {library}, and not this one.</source>
      <translation>La planification exécute un autre travail de ce nom, {job} de la bibliothèque {library}, et non celui-ci.</translation>
    </message>
    <message>
      <source>The schedule still says {old}, the job {new}: enable the job again to follow it.</source>
      <translation>La planification indique encore {old}, et le travail {new} : activez à nouveau le travail pour que la planification le suive.</translation>
    </message>
    <message>
      <source>The shapefile of {folder} is damaged. It is written again, and the folder renamed to {name}.</source>
      <translation>Le shapefile de {folder} est endommagé. Il est réécrit, et le dossier renommé en {name}.</translation>
    </message>
    <message>
      <source>The smoothed curve of each zone through its observations, all on the same scales: dashed where these are far apart, open in long gaps, crosses are left out as spikes. Grey: other years, their median and from 10 % to 90 % of them; without other years the quartiles of the pixels. A hollow point is a date on which only a part of the zone was seen; the stronger a mark below, the more of the zone was seen.</source>
      <translation>La courbe lissée de chaque zone à travers ses observations, toutes aux mêmes échelles : en tirets là où celles-ci sont éloignées, ouverte dans les longues lacunes ; les croix sont écartées comme pics. En gris : les autres années, leur médiane et de 10 % à 90 % d’entre elles ; sans autres années, les quartiles des pixels. Un point creux est une date où seule une partie de la zone a été vue ; plus une marque en bas est forte, plus la zone a été vue.</translation>
    </message>
    <message>
      <source>The statistic of the zone's pixels that is analysed.</source>
      <translation>La statistique des pixels de la zone qui est analysée.</translation>
    </message>
    <message>
      <source>The table has no column '{column}'. It needs: {wanted}.</source>
      <translation>Le tableau n’a pas de colonne « {column} ». Il lui faut : {wanted}.</translation>
    </message>
    <message>
      <source>The table refused a row (zone {zone}): {reason}</source>
      <translation>La table a refusé une ligne (zone {zone}) : {reason}</translation>
    </message>
    <message>
      <source>The table refused a row (zone {zone}, {date}): {reason}</source>
      <translation>La table a refusé une ligne (zone {zone}, {date}) : {reason}</translation>
    </message>
    <message>
      <source>The table refused the row of tile {tile}: {reason}</source>
      <translation>La table a refusé la ligne de la tuile {tile} : {reason}</translation>
    </message>
    <message>
      <source>The table {table} has {found} of its {added} rows: it could not be written to its end. Make room there, or choose another file, and run again.</source>
      <translation>La table {table} a {found} de ses {added} lignes : elle n’a pas pu être écrite jusqu’au bout. Libérez de l’espace à cet endroit, ou choisissez un autre fichier, puis relancez.</translation>
    </message>
    <message>
      <source>The wide table would have {number} columns of periods; {limit} is the most. Choose a longer PERIOD, or leave WIDE at none.</source>
      <translation>La table large aurait {number} colonnes de périodes ; le maximum est {limit}. Choisissez une PERIOD plus longue, ou laissez WIDE à none.</translation>
    </message>
    <message>
      <source>The zones have no field '{field}'. Their fields: {there}.</source>
      <translation>Les zones n’ont pas de champ « {field} ». Leurs champs : {there}.</translation>
    </message>
    <message>
      <source>The zones; each leads to its chart</source>
      <translation>Les zones ; chacune mène à son graphique</translation>
    </message>
    <message>
      <source>There are no indices in {folder}. With INDEX_SOURCE auto or l2a they are computed from the bands of L2A products.</source>
      <translation>Il n’y a pas d’indices dans {folder}. Avec INDEX_SOURCE auto ou l2a, ils sont calculés à partir des bandes de produits L2A.</translation>
    </message>
    <message>
      <source>There is no crontab on this system (Debian, Ubuntu: apt install cron). To schedule the job by other means, run at {timing}: {command}</source>
      <translation>Il n’y a pas de crontab sur ce système (Debian, Ubuntu : apt install cron). Pour planifier le travail par d’autres moyens, exécutez, à l’horaire {timing} : {command}</translation>
    </message>
    <message>
      <source>There is no job '{name}': {path} does not exist. Jobs there: {there}.</source>
      <translation>Il n’y a pas de travail « {name} » : {path} n’existe pas. Travaux présents : {there}.</translation>
    </message>
    <message>
      <source>There is no task {number}: the job has {count}.</source>
      <translation>Il n’y a pas de tâche {number} : le travail en a {count}.</translation>
    </message>
    <message>
      <source>There is no zone of this extraction here.</source>
      <translation>Il n’y a aucune zone de cette extraction à cet endroit.</translation>
    </message>
    <message>
      <source>There is not enough memory to work on {folder}; files that were finished before are whole. Close other programs, or run this with fewer threads.</source>
      <translation>Il n’y a pas assez de mémoire pour travailler sur {folder} ; les fichiers terminés auparavant sont complets. Fermez d’autres programmes, ou relancez avec moins de threads.</translation>
    </message>
    <message>
      <source>They are multiples of this since 1970-01-01, the same for all zones and runs.</source>
      <translation>Ce sont des multiples de ce nombre de jours depuis le 1970-01-01, les mêmes pour toutes les zones et exécutions.</translation>
    </message>
    <message>
      <source>Third quartile</source>
      <translation>Troisième quartile</translation>
    </message>
    <message>
      <source>Third quartile {times}</source>
      <translation>Troisième quartile {times}</translation>
    </message>
    <message>
      <source>This GDAL cannot write JPEG 2000: it has no driver {driver}. Use a QGIS whose GDAL has it: those of Debian, Ubuntu, OSGeo4W and conda-forge do.</source>
      <translation>Ce GDAL ne sait pas écrire le JPEG 2000 : il n’a pas le pilote {driver}. Utilisez un QGIS dont le GDAL le possède : ceux de Debian, Ubuntu, OSGeo4W et conda-forge.</translation>
    </message>
    <message>
      <source>This field takes numbers {range}.</source>
      <translation>Ce champ prend des nombres {range}.</translation>
    </message>
    <message>
      <source>This field takes {expected}.</source>
      <translation>Ce champ prend {expected}.</translation>
    </message>
    <message>
      <source>This job exists.</source>
      <translation>Ce travail existe.</translation>
    </message>
    <message>
      <source>This library has no job yet.
A job extracts, compiles and copies by itself, every night if you like.</source>
      <translation>Cette bibliothèque n’a encore aucun travail.
Un travail extrait, compile et copie tout seul, chaque nuit si vous le souhaitez.</translation>
    </message>
    <message>
      <source>This season compared with others</source>
      <translation>Cette saison comparée aux autres</translation>
    </message>
    <message>
      <source>This system has no program that opens {path}</source>
      <translation>Ce système n’a pas de programme qui ouvre {path}</translation>
    </message>
    <message>
      <source>Tile</source>
      <translation>Tuile</translation>
    </message>
    <message>
      <source>Tile {tile} ({number} of {tiles}), products: {asked}, {done} already done, {left} to do</source>
      <translation>Tuile {tile} ({number} sur {tiles}), produits : {asked}, déjà faits : {done}, à faire : {left}</translation>
    </message>
    <message>
      <source>Tiles</source>
      <translation>Tuiles</translation>
    </message>
    <message>
      <source>Tiles that no zone meets</source>
      <translation>Tuiles qu’aucune zone n’intersecte</translation>
    </message>
    <message>
      <source>Tiles, indices and cloud masks</source>
      <translation>Tuiles, indices et masques de nuages</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Heure</translation>
    </message>
    <message>
      <source>Time series</source>
      <translation>Séries temporelles</translation>
    </message>
    <message>
      <source>Time series of Sen2Chain indices</source>
      <translation>Séries temporelles d’indices Sen2Chain</translation>
    </message>
    <message>
      <source>Time series of a layer</source>
      <translation>Séries temporelles d’une couche</translation>
    </message>
    <message>
      <source>Time series of a layer…</source>
      <translation>Séries temporelles d’une couche…</translation>
    </message>
    <message>
      <source>Time series of another layer are being made. Wait for them, or cancel them first.</source>
      <translation>Les séries temporelles d’une autre couche sont en cours de calcul. Attendez-les, ou annulez-les d’abord.</translation>
    </message>
    <message>
      <source>Time series of this layer…</source>
      <translation>Séries temporelles de cette couche…</translation>
    </message>
    <message>
      <source>Time series to CSV</source>
      <translation>Séries temporelles en CSV</translation>
    </message>
    <message>
      <source>Time series: {name}</source>
      <translation>Séries temporelles : {name}</translation>
    </message>
    <message>
      <source>Timing</source>
      <translation>Horaire</translation>
    </message>
    <message>
      <source>Timing, as cron writes it</source>
      <translation>Horaire, comme l’écrit cron</translation>
    </message>
    <message>
      <source>To take a task out of the job, say which one: its number, from 1.</source>
      <translation>Pour retirer une tâche du travail, indiquez laquelle : son numéro, à partir de 1.</translation>
    </message>
    <message>
      <source>Trend</source>
      <translation>Tendance</translation>
    </message>
    <message>
      <source>True colours</source>
      <translation>Couleurs naturelles</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Inconnu</translation>
    </message>
    <message>
      <source>Unknown cloud mask '{name}'. Known forms: {produced}, OCM_v1_2_3; applied while reading: CM001-VRT (any of these with -VRT), SCL, SCL-3-8-9-10, PRB-50, these also with a dilation in metres, as in SCL-DIL40, and NOMASK; several are separated by / or a comma.</source>
      <translation>Masque de nuages « {name} » inconnu. Formes connues : {produced}, OCM_v1_2_3 ; appliqués à la lecture : CM001-VRT (chacun de ceux-ci avec -VRT), SCL, SCL-3-8-9-10, PRB-50, ces derniers aussi avec une dilatation en mètres, comme dans SCL-DIL40, et NOMASK ; plusieurs masques sont séparés par / ou une virgule.</translation>
    </message>
    <message>
      <source>Unknown cloud mask '{name}': {reason}. CM003-PRB1-ITER5, SCL-3-8-9-10 and CM001-VRT-DIL40 are names.</source>
      <translation>Masque de nuages « {name} » inconnu : {reason}. CM003-PRB1-ITER5, SCL-3-8-9-10 et CM001-VRT-DIL40 sont des noms valables.</translation>
    </message>
    <message>
      <source>Unknown period '{period}'. Known: {known}.</source>
      <translation>Période inconnue : « {period} ». Connues : {known}.</translation>
    </message>
    <message>
      <source>Upper envelope</source>
      <translation>Enveloppe supérieure</translation>
    </message>
    <message>
      <source>Ups and downs smaller than this share of the range of the curve (percentiles 5 to 95) are no seasons either.</source>
      <translation>Des hausses et des baisses plus petites que cette part de l’étendue de la courbe (centiles 5 à 95) ne sont pas non plus des saisons.</translation>
    </message>
    <message>
      <source>Used</source>
      <translation>Utilisé</translation>
    </message>
    <message>
      <source>Valid pixels</source>
      <translation>Pixels valides</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Valeur</translation>
    </message>
    <message>
      <source>Value at the end</source>
      <translation>Valeur à la fin</translation>
    </message>
    <message>
      <source>Value at the peak</source>
      <translation>Valeur au pic</translation>
    </message>
    <message>
      <source>Value at the start</source>
      <translation>Valeur au début</translation>
    </message>
    <message>
      <source>Value of a row</source>
      <translation>Valeur d’une ligne</translation>
    </message>
    <message>
      <source>Value of the line in the first year</source>
      <translation>Valeur de la droite la première année</translation>
    </message>
    <message>
      <source>Values of the time series</source>
      <translation>Valeurs des séries temporelles</translation>
    </message>
    <message>
      <source>Values of {index} as a layer</source>
      <translation>Valeurs de {index} dans une couche</translation>
    </message>
    <message>
      <source>Wed</source>
      <translation>mer.</translation>
    </message>
    <message>
      <source>Weight</source>
      <translation>Poids</translation>
    </message>
    <message>
      <source>What Extract would do</source>
      <translation>Ce que ferait Extraire</translation>
    </message>
    <message>
      <source>What becomes of a zone that is too small for a negative buffer; drop: it has no rows; keep: it is used without the buffer.</source>
      <translation>Ce que devient une zone trop petite pour un tampon négatif ; drop : elle n’a pas de lignes ; keep : elle est utilisée sans le tampon.</translation>
    </message>
    <message>
      <source>What is compared.</source>
      <translation>Ce qui est comparé.</translation>
    </message>
    <message>
      <source>What is not the default, separated by ;: smooth.STEP=10; aggregate.PERIOD=dekad; aggregate.STATISTICS=mean,dates. Kept in a file next to the job.</source>
      <translation>Ce qui n’est pas la valeur par défaut, séparé par « ; » : smooth.STEP=10; aggregate.PERIOD=dekad; aggregate.STATISTICS=mean,dates. Conservés dans un fichier à côté du travail.</translation>
    </message>
    <message>
      <source>What the chart shows</source>
      <translation>Ce que montre le graphique</translation>
    </message>
    <message>
      <source>What the value of a period is, of all its dates.</source>
      <translation>Ce qu’est la valeur d’une période, calculée sur toutes ses dates.</translation>
    </message>
    <message>
      <source>What to write files for; on the command line, separated by commas: {names}. custom needs both dates.</source>
      <translation>Périodes pour lesquelles écrire des fichiers ; en ligne de commande, séparées par des virgules : {names}. « custom » nécessite les deux dates.</translation>
    </message>
    <message>
      <source>What was changed in the schedule was another job of this name, {job} of the library {library}. If that one is to run again, enable it again, with its library.</source>
      <translation>Ce qui a été modifié dans la planification est un autre travail de ce nom, {job} de la bibliothèque {library}. S’il doit s’exécuter à nouveau, réactivez-le avec sa bibliothèque.</translation>
    </message>
    <message>
      <source>When Extract or Compile ends, its extraction is shown here</source>
      <translation>Quand Extraire ou Compiler se termine, son extraction est montrée ici</translation>
    </message>
    <message>
      <source>When it runs, once it is scheduled</source>
      <translation>Quand il s’exécute, une fois planifié</translation>
    </message>
    <message>
      <source>When the job runs once it is scheduled: minute, hour, day, month and weekday as in cron, or @daily. 0 0 * * * is every midnight, 30 4 * * mon-fri is 4:30 on working days.</source>
      <translation>Quand le travail s’exécute une fois planifié : minute, heure, jour, mois et jour de la semaine comme dans cron, ou @daily. 0 0 * * * : chaque jour à minuit ; 30 4 * * mon-fri : à 4 h 30 les jours ouvrés.</translation>
    </message>
    <message>
      <source>Where to look for what is already extracted for the layer. Empty: the extraction folder of the library.</source>
      <translation>Où chercher ce qui est déjà extrait pour la couche. Vide : le dossier des extractions de la bibliothèque.</translation>
    </message>
    <message>
      <source>Whether the job is scheduled cannot be told: {problem}</source>
      <translation>Impossible de savoir si le travail est planifié : {problem}</translation>
    </message>
    <message>
      <source>Which pixels belong to a zone; centre: those with their centre in it, as Sen2Chain; touched: all that it touches; fraction: every pixel by the share of its area that the zone covers (polygons only).</source>
      <translation>Quels pixels appartiennent à une zone ; centre : ceux dont le centre est dans la zone, comme Sen2Chain ; touched : tous ceux qu’elle touche ; fraction : chaque pixel pour la part de sa surface que la zone couvre (polygones seulement).</translation>
    </message>
    <message>
      <source>Wide table</source>
      <translation>Table large</translation>
    </message>
    <message>
      <source>Widens every zone by so many metres, or narrows it when negative (-10 keeps mixed pixels at the edge of fields out). Buffered zones have an extraction folder of their own. The log names zones that vanish.</source>
      <translation>Élargit chaque zone de ce nombre de mètres, ou la rétrécit s’il est négatif (-10 exclut les pixels mixtes en bordure de parcelle). Les zones avec tampon ont un dossier d’extraction à part. Le journal nomme les zones qui disparaissent.</translation>
    </message>
    <message>
      <source>Window</source>
      <translation>Fenêtre</translation>
    </message>
    <message>
      <source>Window of Savitzky-Golay (days)</source>
      <translation>Fenêtre de Savitzky-Golay (jours)</translation>
    </message>
    <message>
      <source>With fewer reference years there is nothing to compare with: the cells are empty.</source>
      <translation>Avec moins d’années de référence, il n’y a rien à quoi comparer : les cellules sont vides.</translation>
    </message>
    <message>
      <source>With the pixel rule fraction: leave out pixels that the zone covers less than this; from 0 to 1.</source>
      <translation>Avec la règle fraction, les pixels dont une zone couvre moins que cette part sont écartés ; de 0 à 1.</translation>
    </message>
    <message>
      <source>Without probability</source>
      <translation>Sans probabilité</translation>
    </message>
    <message>
      <source>Without this mask</source>
      <translation>Sans ce masque</translation>
    </message>
    <message>
      <source>Without unmasked raster</source>
      <translation>Sans raster non masqué</translation>
    </message>
    <message>
      <source>Workers</source>
      <translation>Lectures en parallèle</translation>
    </message>
    <message>
      <source>Writes a library in the formats of Sen2Chain without any download: two overlapping tiles of La Réunion, two indices (NDVI and NDWIGAO), unmasked and under three cloud masks, with cloud probabilities; and a layer of fields of sugar cane, pasture, vegetables, orchards and forest, some of them of odd shapes.

The tiles, the formats and the days of the passes are real. Fields, seasons and clouds are invented: the same numbers give the same library. Some days are clear and one is almost entirely clouded, the edge of the swath crosses others, and one acquisition comes in two processing baselines.

The default takes about 20 seconds and 50 MB; both grow with the number of pixels and dates.</source>
      <translation>Écrit une bibliothèque aux formats de Sen2Chain sans rien télécharger : deux tuiles de La Réunion qui se recouvrent, deux indices (NDVI et NDWIGAO), non masqués et sous trois masques de nuages, avec les probabilités de nuage ; et une couche de parcelles de canne à sucre, prairie, maraîchage, vergers et forêt, certaines de formes inhabituelles.

Les tuiles, les formats et les jours de passage sont réels. Les parcelles, les saisons et les nuages sont inventés : les mêmes nombres donnent la même bibliothèque. Certains jours sont dégagés, un autre est presque entièrement nuageux, d’autres sont coupés par le bord de la fauchée, et une acquisition existe en deux versions de traitement (baselines).

Par défaut, il faut environ 20 secondes et 50 Mo ; ces deux valeurs croissent avec le nombre de pixels et de dates.</translation>
    </message>
    <message>
      <source>Writes one table of masked statistics per index, straight from a Sen2Chain library.</source>
      <translation>Écrit un tableau de statistiques masquées par indice, directement depuis une bibliothèque Sen2Chain.</translation>
    </message>
    <message>
      <source>Year</source>
      <translation>Année</translation>
    </message>
    <message>
      <source>Years</source>
      <translation>Années</translation>
    </message>
    <message>
      <source>Years that are more alike than this, in index values, are taken to differ by this much: else a small difference would become a great z.</source>
      <translation>Des années plus semblables que cette valeur d’indice sont considérées comme différant d’autant : sinon, un petit écart donnerait un grand z.</translation>
    </message>
    <message>
      <source>Zone</source>
      <translation>Zone</translation>
    </message>
    <message>
      <source>Zone number</source>
      <translation>Numéro de la zone</translation>
    </message>
    <message>
      <source>Zone {number}</source>
      <translation>Zone {number}</translation>
    </message>
    <message>
      <source>Zone {zone} is skipped: its geometry is missing, empty or invalid.</source>
      <translation>La zone {zone} est ignorée : sa géométrie est absente, vide ou invalide.</translation>
    </message>
    <message>
      <source>Zone {zone} is skipped: {reason}</source>
      <translation>La zone {zone} est ignorée : {reason}</translation>
    </message>
    <message>
      <source>Zone {zone} of {layer} cannot be buffered: {reason}. Repair its geometry.</source>
      <translation>La zone {zone} de {layer} ne peut pas recevoir de tampon : {reason}. Réparez sa géométrie.</translation>
    </message>
    <message>
      <source>Zones</source>
      <translation>Zones</translation>
    </message>
    <message>
      <source>Zones that vanish by the buffer</source>
      <translation>Zones que le tampon fait disparaître</translation>
    </message>
    <message>
      <source>Zones with fewer observations, spikes not counted, are left out and named.</source>
      <translation>Les zones qui ont moins d’observations, pointes non comptées, sont écartées et nommées.</translation>
    </message>
    <message>
      <source>Zones with fewer years have no trend.</source>
      <translation>Les zones qui ont moins d’années n’ont pas de tendance.</translation>
    </message>
    <message>
      <source>Zones with too few observations for a smoothed curve: {zones}.</source>
      <translation>Zones avec trop peu d’observations pour une courbe lissée : {zones}.</translation>
    </message>
    <message>
      <source>Zones without a row: {number} ({zones})</source>
      <translation>Zones sans ligne : {number} ({zones})</translation>
    </message>
    <message>
      <source>Zones: {zones} of {all}. Observations: {rows}, {first} to {last}.</source>
      <translation>Zones : {zones} sur {all}. Observations : {rows}, du {first} au {last}.</translation>
    </message>
    <message>
      <source>Zones: {zones}, median of their last values: {value}</source>
      <translation>Zones : {zones}, médiane de leurs dernières valeurs : {value}</translation>
    </message>
    <message>
      <source>Zoom to a rectangle</source>
      <translation>Zoomer sur un rectangle</translation>
    </message>
    <message>
      <source>[{section}] is no section [task 1]</source>
      <translation>[{section}] n’est pas une section [task 1]</translation>
    </message>
    <message>
      <source>[{section}] is no section such as [smooth] or [task 2: aggregate]</source>
      <translation>[{section}] n’est pas une section telle que [smooth] ou [task 2: aggregate]</translation>
    </message>
    <message>
      <source>a cloud probability is from 1 to 100</source>
      <translation>une probabilité de nuage va de 1 à 100</translation>
    </message>
    <message>
      <source>a curve through the dates</source>
      <translation>une courbe à travers les dates</translation>
    </message>
    <message>
      <source>a date is needed</source>
      <translation>il faut une date</translation>
    </message>
    <message>
      <source>a date such as 2021-06-01</source>
      <translation>une date telle que 2021-06-01</translation>
    </message>
    <message>
      <source>a date such as 2021-06-01, today or today-30</source>
      <translation>une date telle que 2021-06-01, today ou today-30</translation>
    </message>
    <message>
      <source>a dilation is a multiple of {least}, from {least} to {most} m</source>
      <translation>une dilatation est un multiple de {least}, de {least} à {most} m</translation>
    </message>
    <message>
      <source>a file per day</source>
      <translation>un fichier par jour</translation>
    </message>
    <message>
      <source>a file per month</source>
      <translation>un fichier par mois</translation>
    </message>
    <message>
      <source>a file per week</source>
      <translation>un fichier par semaine</translation>
    </message>
    <message>
      <source>a file per year</source>
      <translation>un fichier par an</translation>
    </message>
    <message>
      <source>a file to write, or TEMPORARY_OUTPUT</source>
      <translation>un fichier à écrire, ou TEMPORARY_OUTPUT</translation>
    </message>
    <message>
      <source>a line ends in the middle</source>
      <translation>une ligne s’arrête au milieu</translation>
    </message>
    <message>
      <source>a line of it has no end</source>
      <translation>une de ses lignes n’a pas de fin</translation>
    </message>
    <message>
      <source>a line to complete by hand</source>
      <translation>une ligne à compléter à la main</translation>
    </message>
    <message>
      <source>a mask that Sen2Chain applied cannot be dilated; its name with -VRT before -DIL can</source>
      <translation>un masque que Sen2Chain a appliqué ne peut pas être dilaté ; son nom avec -VRT avant -DIL peut l’être</translation>
    </message>
    <message>
      <source>a month, 1 to 12</source>
      <translation>un mois, de 1 à 12</translation>
    </message>
    <message>
      <source>a new one</source>
      <translation>une nouvelle</translation>
    </message>
    <message>
      <source>a number above 0</source>
      <translation>un nombre supérieur à 0</translation>
    </message>
    <message>
      <source>a number above 0, vcurve, or nothing</source>
      <translation>un nombre supérieur à 0, vcurve, ou rien</translation>
    </message>
    <message>
      <source>a number between 0 and 1</source>
      <translation>un nombre entre 0 et 1</translation>
    </message>
    <message>
      <source>a number is needed</source>
      <translation>il faut un nombre</translation>
    </message>
    <message>
      <source>a number of 0 and more</source>
      <translation>un nombre supérieur ou égal à 0</translation>
    </message>
    <message>
      <source>a number of 1 and more</source>
      <translation>un nombre supérieur ou égal à 1</translation>
    </message>
    <message>
      <source>a number of 2 and more</source>
      <translation>un nombre supérieur ou égal à 2</translation>
    </message>
    <message>
      <source>a number of {least} and more</source>
      <translation>un nombre supérieur ou égal à {least}</translation>
    </message>
    <message>
      <source>a number such as 50.5</source>
      <translation>un nombre tel que 50.5</translation>
    </message>
    <message>
      <source>a setting that there is: {known}</source>
      <translation>un paramètre existant : {known}</translation>
    </message>
    <message>
      <source>a shorter window, because their series are shorter: zones {zones}.</source>
      <translation>fenêtre plus courte, car leurs séries sont plus courtes : zones {zones}.</translation>
    </message>
    <message>
      <source>a table cannot be in the encoding {encoding} that it names; write the layer again in UTF-8</source>
      <translation>une table ne peut pas être dans l'encodage {encoding} qu’il indique ; écrivez à nouveau la couche en UTF-8</translation>
    </message>
    <message>
      <source>a text</source>
      <translation>un texte</translation>
    </message>
    <message>
      <source>a vector layer, or the path of one</source>
      <translation>une couche vecteur, ou le chemin d’une couche vecteur</translation>
    </message>
    <message>
      <source>a whole number of metres from {least} to {most}</source>
      <translation>un nombre entier de mètres de {least} à {most}</translation>
    </message>
    <message>
      <source>a whole number such as 10</source>
      <translation>un nombre entier tel que 10</translation>
    </message>
    <message>
      <source>a year that is not after REFERENCE_MAX ({high})</source>
      <translation>une année qui n’est pas postérieure à REFERENCE_MAX ({high})</translation>
    </message>
    <message>
      <source>a zone</source>
      <translation>une zone</translation>
    </message>
    <message>
      <source>all pixels that a zone touches</source>
      <translation>tous les pixels que touche une zone</translation>
    </message>
    <message>
      <source>all that the library has</source>
      <translation>tout ce que possède la bibliothèque</translation>
    </message>
    <message>
      <source>all that were extracted</source>
      <translation>tout ce qui a été extrait</translation>
    </message>
    <message>
      <source>all tiles of the library</source>
      <translation>toutes les tuiles de la bibliothèque</translation>
    </message>
    <message>
      <source>an odd number of 3 and more</source>
      <translation>un nombre impair supérieur ou égal à 3</translation>
    </message>
    <message>
      <source>any index</source>
      <translation>n’importe quel indice</translation>
    </message>
    <message>
      <source>applied while reading</source>
      <translation>appliqué à la lecture</translation>
    </message>
    <message>
      <source>at</source>
      <translation>à</translation>
    </message>
    <message>
      <source>brightness, blue and green</source>
      <translation>brillance, bleu et vert</translation>
    </message>
    <message>
      <source>brightness, green and red</source>
      <translation>brillance, vert et rouge</translation>
    </message>
    <message>
      <source>brightness, red and near infrared</source>
      <translation>brillance, rouge et proche infrarouge</translation>
    </message>
    <message>
      <source>built-up areas</source>
      <translation>zones bâties</translation>
    </message>
    <message>
      <source>burnt areas</source>
      <translation>surfaces brûlées</translation>
    </message>
    <message>
      <source>chlorophyll of the canopy, from the red edge</source>
      <translation>chlorophylle du couvert, à partir du red edge</translation>
    </message>
    <message>
      <source>chlorophyll, from the red edge</source>
      <translation>chlorophylle, à partir du red edge</translation>
    </message>
    <message>
      <source>cirrus</source>
      <translation>cirrus</translation>
    </message>
    <message>
      <source>classes {classes} of the scene classification</source>
      <translation>classes {classes} de la classification de scène</translation>
    </message>
    <message>
      <source>clear</source>
      <translation>dégagé</translation>
    </message>
    <message>
      <source>cloud mask</source>
      <translation>masque de nuages</translation>
    </message>
    <message>
      <source>cloud masks</source>
      <translation>masques de nuages</translation>
    </message>
    <message>
      <source>cloud probability of {least} % and more</source>
      <translation>probabilité de nuage de {least} % et plus</translation>
    </message>
    <message>
      <source>cloud probability of {least} % and more, widened</source>
      <translation>probabilité de nuage de {least} % et plus, élargie</translation>
    </message>
    <message>
      <source>clouds</source>
      <translation>nuages</translation>
    </message>
    <message>
      <source>clouds and shadows, by OmniCloudMask</source>
      <translation>nuages et ombres, par OmniCloudMask</translation>
    </message>
    <message>
      <source>clouds, shadows, cirrus, by the scene classification</source>
      <translation>nuages, ombres, cirrus, d’après la classification de scène</translation>
    </message>
    <message>
      <source>clouds, with the help of band 11</source>
      <translation>nuages, à l’aide de la bande 11</translation>
    </message>
    <message>
      <source>column 'fid' holds a value that is not a zone</source>
      <translation>la colonne « fid » contient une valeur qui n’est pas une zone</translation>
    </message>
    <message>
      <source>column '{column}' holds a value that cannot be</source>
      <translation>la colonne « {column} » contient une valeur impossible</translation>
    </message>
    <message>
      <source>column '{column}' holds a value that is not a number</source>
      <translation>la colonne « {column} » contient une valeur qui n’est pas un nombre</translation>
    </message>
    <message>
      <source>compiled</source>
      <translation>données compilées</translation>
    </message>
    <message>
      <source>compiled: {periods}</source>
      <translation>compilé : {periods}</translation>
    </message>
    <message>
      <source>computed as Sen2Chain does</source>
      <translation>calculé comme le fait Sen2Chain</translation>
    </message>
    <message>
      <source>copied to {server}</source>
      <translation>copié vers {server}</translation>
    </message>
    <message>
      <source>date_min '{first}' comes after date_max '{last}'.</source>
      <translation>date_min « {first} » est postérieure à date_max « {last} ».</translation>
    </message>
    <message>
      <source>day of acquisition</source>
      <translation>jour d’acquisition</translation>
    </message>
    <message>
      <source>day of the month</source>
      <translation>jour du mois</translation>
    </message>
    <message>
      <source>day of the week</source>
      <translation>jour de la semaine</translation>
    </message>
    <message>
      <source>days of acquisition</source>
      <translation>jours d’acquisition</translation>
    </message>
    <message>
      <source>each month compared with other years</source>
      <translation>chaque mois comparé aux autres années</translation>
    </message>
    <message>
      <source>enable: the job runs at its own timing, without QGIS being open. disable: it stops, its line in the schedule stays, commented. remove: its line is deleted. status: report the status.

On Linux and macOS this is a line in your crontab, marked '# sen2chain_ts_job_NAME'; no other line is touched. On Windows it is a task of the Task Scheduler. What the run says is appended to job_NAME_cron.log, in the folder of the job's logs.

After the plugin, QGIS or the timing of the job has changed, enable it again. The schedule knows a job by its name: where a job of this name in another library is scheduled already, enable is refused.</source>
      <translation>enable : le travail s’exécute à son horaire, sans que QGIS soit ouvert. disable : il s’arrête, sa ligne reste dans la planification, en commentaire. remove : sa ligne est effacée. status : indique son état.

Sous Linux et macOS, c’est une ligne de votre crontab, marquée « # sen2chain_ts_job_NOM » ; aucune autre ligne n’est touchée. Sous Windows, c’est une tâche du Planificateur de tâches. Les messages de l’exécution sont ajoutés à job_NOM_cron.log, dans le dossier des journaux du travail.

Après un changement de l’extension, de QGIS ou de l’horaire du travail, activez-le à nouveau. La planification reconnaît un travail à son nom : si un travail du même nom, d’une autre bibliothèque, est déjà planifié, enable est refusé.</translation>
    </message>
    <message>
      <source>every day at {time}</source>
      <translation>chaque jour à {time}</translation>
    </message>
    <message>
      <source>every hour, at minute {minute}</source>
      <translation>chaque heure, à la minute {minute}</translation>
    </message>
    <message>
      <source>every night at {time}</source>
      <translation>chaque nuit à {time}</translation>
    </message>
    <message>
      <source>every row needs a zone</source>
      <translation>chaque ligne a besoin d’une zone</translation>
    </message>
    <message>
      <source>every {weekday} at {time}</source>
      <translation>chaque {weekday} à {time}</translation>
    </message>
    <message>
      <source>exit code {code}</source>
      <translation>code de sortie {code}</translation>
    </message>
    <message>
      <source>extract only</source>
      <translation>extraire seulement</translation>
    </message>
    <message>
      <source>five fields, or one of {names}</source>
      <translation>cinq champs, ou l’une des formes {names}</translation>
    </message>
    <message>
      <source>from 0 to 1</source>
      <translation>de 0 à 1</translation>
    </message>
    <message>
      <source>from the cloud probability</source>
      <translation>à partir de la probabilité de nuage</translation>
    </message>
    <message>
      <source>from the mask raster</source>
      <translation>à partir du raster du masque</translation>
    </message>
    <message>
      <source>from the scene classification</source>
      <translation>à partir de la classification de scène</translation>
    </message>
    <message>
      <source>from {low}</source>
      <translation>à partir de {low}</translation>
    </message>
    <message>
      <source>from {low} to {high}</source>
      <translation>de {low} à {high}</translation>
    </message>
    <message>
      <source>geometry type {kind} is not a point, line or polygon</source>
      <translation>le type de géométrie {kind} n’est ni point, ni ligne, ni polygone</translation>
    </message>
    <message>
      <source>guessed: crop, culture, farm…</source>
      <translation>deviné : culture, exploitation…</translation>
    </message>
    <message>
      <source>hatched: cloud mask; grey: no data</source>
      <translation>hachuré : masque de nuages ; gris : sans donnée</translation>
    </message>
    <message>
      <source>hour</source>
      <translation>heure</translation>
    </message>
    <message>
      <source>in MSYS2: {line}; then put its folder usr\bin on the PATH</source>
      <translation>dans MSYS2 : {line} ; puis ajouter son dossier usr\bin au PATH</translation>
    </message>
    <message>
      <source>in the extraction itself</source>
      <translation>dans l’extraction elle-même</translation>
    </message>
    <message>
      <source>index</source>
      <translation>indice</translation>
    </message>
    <message>
      <source>index computed from the bands</source>
      <translation>indice calculé à partir des bandes</translation>
    </message>
    <message>
      <source>indices</source>
      <translation>indices</translation>
    </message>
    <message>
      <source>indices computed from L2A bands have no mask that Sen2Chain applied; its name with -VRT works</source>
      <translation>les indices calculés à partir des bandes L2A n’ont pas de masque appliqué par Sen2Chain ; son nom avec -VRT convient</translation>
    </message>
    <message>
      <source>it announces {width} x {height} pixels, and a tile has at most {most} x {most}</source>
      <translation>il annonce {width} x {height} pixels, et une tuile en a au plus {most} x {most}</translation>
    </message>
    <message>
      <source>it changed while it was read</source>
      <translation>il a changé pendant sa lecture</translation>
    </message>
    <message>
      <source>it covers {found} (west, south, east, north), and tile {tile} {expected}</source>
      <translation>il couvre {found} (ouest, sud, est, nord), et la tuile {tile} {expected}</translation>
    </message>
    <message>
      <source>it does not cover the extent of the index raster at twice its pixel size</source>
      <translation>il ne couvre pas l’emprise du raster d’indice avec des pixels deux fois plus grands</translation>
    </message>
    <message>
      <source>it does not start as a JPEG 2000 file does</source>
      <translation>il ne commence pas comme un fichier JPEG 2000</translation>
    </message>
    <message>
      <source>it ends at byte {byte} of {end}</source>
      <translation>il s’arrête à l’octet {byte} sur {end}</translation>
    </message>
    <message>
      <source>it ends at byte {byte}, in the middle</source>
      <translation>il s’arrête à l’octet {byte}, en plein milieu</translation>
    </message>
    <message>
      <source>it has a filter ({filter})</source>
      <translation>elle a un filtre ({filter})</translation>
    </message>
    <message>
      <source>it has a geometry check of its own</source>
      <translation>elle a sa propre vérification des géométries</translation>
    </message>
    <message>
      <source>it has coordinates that are not finite</source>
      <translation>elle a des coordonnées qui ne sont pas finies</translation>
    </message>
    <message>
      <source>it has coordinates that are nowhere on Earth</source>
      <translation>elle a des coordonnées qui ne sont nulle part sur Terre</translation>
    </message>
    <message>
      <source>it has more than {largest} bytes</source>
      <translation>il a plus de {largest} octets</translation>
    </message>
    <message>
      <source>it has more than {most} tile-parts</source>
      <translation>il a plus de {most} parties de tuile (tile-part)</translation>
    </message>
    <message>
      <source>it has no layer '{layer}'</source>
      <translation>il n’a pas de couche « {layer} »</translation>
    </message>
    <message>
      <source>it has no offset of band {band}</source>
      <translation>il n’a pas de décalage pour la bande {band}</translation>
    </message>
    <message>
      <source>it has no offsets (BOA_ADD_OFFSET), which products have from baseline 04.00 on</source>
      <translation>il n’a pas de décalages (BOA_ADD_OFFSET), que les produits ont à partir de la version de traitement 04.00</translation>
    </message>
    <message>
      <source>it has no worker</source>
      <translation>il n’a aucun worker</translation>
    </message>
    <message>
      <source>it has offsets (BOA_ADD_OFFSET), which products before baseline 04.00 do not have</source>
      <translation>il a des décalages (BOA_ADD_OFFSET), que les produits antérieurs à la version de traitement 04.00 n’ont pas</translation>
    </message>
    <message>
      <source>it has two offsets of band {band}</source>
      <translation>il a deux décalages pour la bande {band}</translation>
    </message>
    <message>
      <source>it has unsaved edits</source>
      <translation>elle a des modifications non enregistrées</translation>
    </message>
    <message>
      <source>it has virtual or joined fields ({names})</source>
      <translation>elle a des champs virtuels ou joints ({names})</translation>
    </message>
    <message>
      <source>it has {found} zones instead of {wanted}</source>
      <translation>il a {found} zones au lieu de {wanted}</translation>
    </message>
    <message>
      <source>it has {shapes} shapes and its table {rows} rows</source>
      <translation>il a {shapes} formes et sa table {rows} lignes</translation>
    </message>
    <message>
      <source>it has {size} bytes, more than a tile can have</source>
      <translation>il a {size} octets, plus qu’une tuile ne peut en avoir</translation>
    </message>
    <message>
      <source>it holds NUL bytes</source>
      <translation>il contient des octets NUL</translation>
    </message>
    <message>
      <source>it holds no codestream</source>
      <translation>il ne contient pas de codestream</translation>
    </message>
    <message>
      <source>it holds no tile-part</source>
      <translation>il ne contient aucune partie de tuile (tile-part)</translation>
    </message>
    <message>
      <source>it holds {number} granules (GRANULE/*) instead of one</source>
      <translation>il contient {number} granules (GRANULE/*) au lieu d’un</translation>
    </message>
    <message>
      <source>it is a folder, not a file</source>
      <translation>c’est un dossier, non un fichier</translation>
    </message>
    <message>
      <source>it is a pipe, a socket or a device, not a file</source>
      <translation>c’est un tube, un socket ou un périphérique, non un fichier</translation>
    </message>
    <message>
      <source>it is cut or still being copied</source>
      <translation>il est tronqué ou encore en cours de copie</translation>
    </message>
    <message>
      <source>it is cut, or no XML</source>
      <translation>il est tronqué, ou n’est pas du XML</translation>
    </message>
    <message>
      <source>it is empty</source>
      <translation>il est vide</translation>
    </message>
    <message>
      <source>it is not UTF-8</source>
      <translation>il n’est pas en UTF-8</translation>
    </message>
    <message>
      <source>it is not installed</source>
      <translation>il n’est pas installé</translation>
    </message>
    <message>
      <source>it is part of the index rasters that Sen2Chain makes</source>
      <translation>il fait partie des rasters d’indice que produit Sen2Chain</translation>
    </message>
    <message>
      <source>it reads back otherwise</source>
      <translation>relu, il n’est pas identique à ce qui a été écrit</translation>
    </message>
    <message>
      <source>it was stopped.</source>
      <translation>il a été arrêté.</translation>
    </message>
    <message>
      <source>its BOA_QUANTIFICATION_VALUE is not 10000</source>
      <translation>sa valeur BOA_QUANTIFICATION_VALUE n’est pas 10000</translation>
    </message>
    <message>
      <source>its CRS is {found}, that of tile {tile} is EPSG:{expected}</source>
      <translation>son SCR est {found}, celui de la tuile {tile} est EPSG:{expected}</translation>
    </message>
    <message>
      <source>its CRS {crs} was set by hand, its file has {stored}</source>
      <translation>son SCR {crs} a été défini à la main, celui de son fichier est {stored}</translation>
    </message>
    <message>
      <source>its address holds a password, which a job file would show</source>
      <translation>son adresse contient un mot de passe, qu’un fichier de travail montrerait</translation>
    </message>
    <message>
      <source>its data type is {found} instead of {wanted}</source>
      <translation>son type de données est {found} au lieu de {wanted}</translation>
    </message>
    <message>
      <source>its encoding {shown} was set by hand, its file has {stored}</source>
      <translation>son encodage {shown} a été défini à la main, celui de son fichier est {stored}</translation>
    </message>
    <message>
      <source>its file has changed since it was opened</source>
      <translation>son fichier a changé depuis son ouverture</translation>
    </message>
    <message>
      <source>its file has no CRS</source>
      <translation>son fichier n’a pas de SCR</translation>
    </message>
    <message>
      <source>its first line is not the header of a raw CSV</source>
      <translation>sa première ligne n’est pas l’en-tête d’un CSV brut</translation>
    </message>
    <message>
      <source>its first line is not the header of a smoothed file</source>
      <translation>sa première ligne n’est pas l’en-tête d’un fichier lissé</translation>
    </message>
    <message>
      <source>its last line is cut</source>
      <translation>sa dernière ligne est tronquée</translation>
    </message>
    <message>
      <source>its main header does not say how it is coded</source>
      <translation>son en-tête principal n’indique pas comment il est codé</translation>
    </message>
    <message>
      <source>its main header is cut</source>
      <translation>son en-tête principal est tronqué</translation>
    </message>
    <message>
      <source>its main header is damaged</source>
      <translation>son en-tête principal est endommagé</translation>
    </message>
    <message>
      <source>its name says that they are computed from L2A bands</source>
      <translation>son nom indique qu’ils sont calculés à partir des bandes L2A</translation>
    </message>
    <message>
      <source>its number of bands is {found} instead of {wanted}</source>
      <translation>son nombre de bandes est {found} au lieu de {wanted}</translation>
    </message>
    <message>
      <source>its pixels are not square and north up</source>
      <translation>ses pixels ne sont pas carrés et orientés au nord</translation>
    </message>
    <message>
      <source>its pixels are not those of {file}</source>
      <translation>ses pixels ne sont pas ceux de {file}</translation>
    </message>
    <message>
      <source>its processing baseline is {there}, the name says {name}</source>
      <translation>sa version de traitement est {there}, celle du nom est {name}</translation>
    </message>
    <message>
      <source>its rows have several values of '{column}'</source>
      <translation>ses lignes ont plusieurs valeurs de « {column} »</translation>
    </message>
    <message>
      <source>its shape {zone} is missing or still being copied</source>
      <translation>sa forme {zone} manque ou est encore en cours de copie</translation>
    </message>
    <message>
      <source>its tiles are of an impossible size</source>
      <translation>ses tuiles ont une taille impossible</translation>
    </message>
    <message>
      <source>its {part} does not begin as one does</source>
      <translation>le début de son {part} n’est pas celui d’un tel fichier</translation>
    </message>
    <message>
      <source>its {part} is cut or still being copied: {size} bytes of {announced}</source>
      <translation>son {part} est tronqué ou encore en cours de copie : {size} octets sur {announced}</translation>
    </message>
    <message>
      <source>job {name} failed ({when})</source>
      <translation>le travail {name} a échoué ({when})</translation>
    </message>
    <message>
      <source>job {name} found {number} new images ({when})</source>
      <translation>le travail {name} a trouvé {number} nouvelles images ({when})</translation>
    </message>
    <message>
      <source>left out, because they have too few dates: zones {zones}.</source>
      <translation>écartées, car elles ont trop peu de dates : zones {zones}.</translation>
    </message>
    <message>
      <source>left to extract</source>
      <translation>reste à extraire</translation>
    </message>
    <message>
      <source>library: the indices that Sen2Chain made; l2a: computed from the bands of L2A products (.SAFE); auto: library where the library has indices, else l2a.</source>
      <translation>library : les indices que Sen2Chain a produits ; l2a : calculés à partir des bandes de produits L2A (.SAFE) ; auto : library si la bibliothèque a des indices, sinon l2a.</translation>
    </message>
    <message>
      <source>line {line} does not have the {columns} cells of the header</source>
      <translation>la ligne {line} n’a pas les {columns} cellules de l’en-tête</translation>
    </message>
    <message>
      <source>lines</source>
      <translation>lignes</translation>
    </message>
    <message>
      <source>masked raster</source>
      <translation>raster masqué</translation>
    </message>
    <message>
      <source>masked rasters</source>
      <translation>rasters masqués</translation>
    </message>
    <message>
      <source>max_clouds is '{value}', not a whole number from 0 to 100.</source>
      <translation>max_clouds vaut « {value} », qui n’est pas un nombre entier de 0 à 100.</translation>
    </message>
    <message>
      <source>mean and standard deviation</source>
      <translation>moyenne et écart-type</translation>
    </message>
    <message>
      <source>median of the zones</source>
      <translation>médiane des zones</translation>
    </message>
    <message>
      <source>median of the zones' means, and from 10 % to 90 % of them</source>
      <translation>médiane des moyennes des zones, et de 10 % à 90 % d’entre elles</translation>
    </message>
    <message>
      <source>minimum to maximum</source>
      <translation>du minimum au maximum</translation>
    </message>
    <message>
      <source>minute</source>
      <translation>minute</translation>
    </message>
    <message>
      <source>minute, hour, day, month, weekday: {timing}</source>
      <translation>minute, heure, jour, mois, jour de la semaine : {timing}</translation>
    </message>
    <message>
      <source>month</source>
      <translation>mois</translation>
    </message>
    <message>
      <source>month, in {year}</source>
      <translation>mois, en {year}</translation>
    </message>
    <message>
      <source>months, {first} to {last}</source>
      <translation>mois, de {first} à {last}</translation>
    </message>
    <message>
      <source>no analysis</source>
      <translation>aucune analyse</translation>
    </message>
    <message>
      <source>no anomaly: too few years</source>
      <translation>pas d’anomalie : trop peu d’années</translation>
    </message>
    <message>
      <source>no codestream starts at byte {byte}, where one should</source>
      <translation>aucun codestream ne commence à l’octet {byte}, où il devrait y en avoir un</translation>
    </message>
    <message>
      <source>no copy</source>
      <translation>pas de copie</translation>
    </message>
    <message>
      <source>no limit</source>
      <translation>pas de limite</translation>
    </message>
    <message>
      <source>no mask</source>
      <translation>pas de masque</translation>
    </message>
    <message>
      <source>no mask needed</source>
      <translation>sans masque</translation>
    </message>
    <message>
      <source>no reason is given; the disk may be full</source>
      <translation>aucune raison n’est donnée ; le disque est peut-être plein</translation>
    </message>
    <message>
      <source>no tile-part starts at byte {byte}, where one should</source>
      <translation>aucune partie de tuile (tile-part) ne commence à l’octet {byte}, où il devrait y en avoir une</translation>
    </message>
    <message>
      <source>no trend: too few years</source>
      <translation>pas de tendance : trop peu d’années</translation>
    </message>
    <message>
      <source>none</source>
      <translation>aucun</translation>
    </message>
    <message>
      <source>none at all</source>
      <translation>aucun</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>aucun pour l’instant</translation>
    </message>
    <message>
      <source>nothing is taken away</source>
      <translation>rien n’est enlevé</translation>
    </message>
    <message>
      <source>numbers are written without leading zeros</source>
      <translation>les nombres s’écrivent sans zéros initiaux</translation>
    </message>
    <message>
      <source>observations: the best row of each zone and day. smooth: the curve that Smooth wrote before, on the dates of its grid.</source>
      <translation>observations : la meilleure ligne de chaque zone et jour. smooth : la courbe que Lisser a écrite auparavant, aux dates de sa grille.</translation>
    </message>
    <message>
      <source>on the first of each month at {time}</source>
      <translation>le premier de chaque mois à {time}</translation>
    </message>
    <message>
      <source>one file between the two dates</source>
      <translation>un seul fichier entre les deux dates</translation>
    </message>
    <message>
      <source>one file of all dates</source>
      <translation>un seul fichier de toutes les dates</translation>
    </message>
    <message>
      <source>one of these words: {words}</source>
      <translation>l’un de ces mots : {words}</translation>
    </message>
    <message>
      <source>one of {words}</source>
      <translation>une valeur parmi {words}</translation>
    </message>
    <message>
      <source>one or several of these words: {words}</source>
      <translation>un ou plusieurs de ces mots : {words}</translation>
    </message>
    <message>
      <source>one value per month</source>
      <translation>une valeur par mois</translation>
    </message>
    <message>
      <source>only for custom</source>
      <translation>seulement pour custom</translation>
    </message>
    <message>
      <source>only its first features are asked for ({number})</source>
      <translation>seules ses premières entités sont demandées ({number})</translation>
    </message>
    <message>
      <source>only its selected features are asked for</source>
      <translation>seules ses entités sélectionnées sont demandées</translation>
    </message>
    <message>
      <source>open water</source>
      <translation>eau libre</translation>
    </message>
    <message>
      <source>open water, told apart from buildings</source>
      <translation>eau libre, distinguée des bâtiments</translation>
    </message>
    <message>
      <source>other years {value}</source>
      <translation>autres années {value}</translation>
    </message>
    <message>
      <source>page {page} of {pages}</source>
      <translation>page {page} sur {pages}</translation>
    </message>
    <message>
      <source>pair of index and cloud mask</source>
      <translation>couple d’indice et de masque de nuages</translation>
    </message>
    <message>
      <source>pairs of index and cloud mask</source>
      <translation>couples d’indice et de masque de nuages</translation>
    </message>
    <message>
      <source>pixels by the share that a zone covers</source>
      <translation>pixels pour la part que couvre une zone</translation>
    </message>
    <message>
      <source>points</source>
      <translation>points</translation>
    </message>
    <message>
      <source>probable clouds</source>
      <translation>nuages probables</translation>
    </message>
    <message>
      <source>produced</source>
      <translation>produit</translation>
    </message>
    <message>
      <source>rasterio brings GDAL {mine} into a process that has GDAL {other}: this may crash or misplace zones. Use a rasterio from the same source as QGIS (apt, OSGeo4W, conda-forge), or uninstall it; it is not needed.</source>
      <translation>rasterio amène GDAL {mine} dans un processus qui a GDAL {other} : il peut planter ou mal placer les zones. Utilisez un rasterio de la même source que QGIS (apt, OSGeo4W, conda-forge), ou désinstallez-le ; il n’est pas nécessaire.</translation>
    </message>
    <message>
      <source>rasterio cannot be used ({reason}): GDAL's own Python bindings read the rasters, with the same results.</source>
      <translation>rasterio n’est pas utilisable ({reason}) : les liaisons Python de GDAL lisent les rasters, avec les mêmes résultats.</translation>
    </message>
    <message>
      <source>rasterio is not installed: GDAL's own Python bindings read the rasters, with the same results.</source>
      <translation>rasterio n’est pas installé : les liaisons Python de GDAL lisent les rasters, avec les mêmes résultats.</translation>
    </message>
    <message>
      <source>raw data</source>
      <translation>données brutes</translation>
    </message>
    <message>
      <source>replace: the job has this task only; append: add the task to those it has.</source>
      <translation>replace : le travail n’a que cette tâche ; append : la tâche est ajoutée à celles qu’il a déjà.</translation>
    </message>
    <message>
      <source>row</source>
      <translation>ligne</translation>
    </message>
    <message>
      <source>rows</source>
      <translation>lignes</translation>
    </message>
    <message>
      <source>satellite, crop, parcel, field, agriculture, remote sensing</source>
      <translation>satellite, culture, parcelle, champ, agriculture, télédétection</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, example, test data, demo, tutorial</source>
      <translation>sentinel-2, sen2chain, exemple, données de test, démonstration, demo, tutoriel, sample</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, job, cron, crontab, schedule, task scheduler, every night, automatic</source>
      <translation>sentinel-2, sen2chain, travail, job, tâche planifiée, cron, crontab, planification, planificateur de tâches, chaque nuit, automatique</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, job, cron, recurring, automatic, batch</source>
      <translation>sentinel-2, sen2chain, travail, job, tâche planifiée, cron, récurrent, automatique, lot</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, job, cron, recurring, automatic, export, every night, server</source>
      <translation>sentinel-2, sen2chain, travail, job, tâche planifiée, cron, récurrent, automatique, export, serveur, chaque nuit</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, library, catalogue, availability, calendar, report, missing, cloud mask</source>
      <translation>sentinel-2, sen2chain, bibliothèque, catalogue, disponibilité, calendrier, rapport, manquant, masque de nuages, inventory</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, quicklook, export, preview, thumbnail, mosaic, true colour, cloud mask, picture</source>
      <translation>sentinel-2, sen2chain, quicklook, export, aperçu, vignette, mosaïque, planche, couleurs naturelles, masque de nuages, image</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, curve, anomaly, drought, z-score, vci, percentile, normal, baseline</source>
      <translation>sentinel-2, sen2chain, série temporelle, courbe, anomalie, sécheresse, z-score, vci, centile, normale, référence</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, curve, export, model, ndvi, smoothing</source>
      <translation>sentinel-2, sen2chain, série temporelle, courbe, export, modèle, ndvi, lissage</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, curve, export, smoothing, savitzky-golay, csv, monthly, weekly, vegetation index</source>
      <translation>sentinel-2, sen2chain, série temporelle, courbe, export, lissage, savitzky-golay, csv, mensuel, hebdomadaire, indice de végétation, compile</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, curve, trend, mann-kendall, theil-sen, slope, degradation</source>
      <translation>sentinel-2, sen2chain, série temporelle, courbe, tendance, mann-kendall, theil-sen, pente, dégradation</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, mean, monthly, dekad, season, statistics, export, spreadsheet, xlsx</source>
      <translation>sentinel-2, sen2chain, série temporelle, moyenne, mensuel, décade, saison, statistiques, export, tableur, xlsx</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, model, ndvi, anomaly, drought, season</source>
      <translation>sentinel-2, sen2chain, série temporelle, modèle, ndvi, anomalie, sécheresse, saison</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, model, ndvi, monthly, mean, spreadsheet, xlsx</source>
      <translation>sentinel-2, sen2chain, série temporelle, modèle, ndvi, mensuel, moyenne, tableur, xlsx</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, model, ndvi, smoothing, whittaker</source>
      <translation>sentinel-2, sen2chain, série temporelle, modèle, ndvi, lissage, whittaker</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, phenology, curve, harvest, season, start of season, green-up, crop, agriculture</source>
      <translation>sentinel-2, sen2chain, série temporelle, phénologie, courbe, récolte, saison, début de saison, verdissement, culture, agriculture</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, plot, curve, export, chart, graph, png, report, html, vegetation index</source>
      <translation>sentinel-2, sen2chain, série temporelle, graphique, courbe, export, png, rapport, html, indice de végétation, plot</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, smoothing, whittaker, savitzky-golay, curve, gap filling, despike</source>
      <translation>sentinel-2, sen2chain, série temporelle, lissage, whittaker, savitzky-golay, courbe, comblement des lacunes, pointes</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, zonal statistics, curve, vegetation, ndvi, cloud mask, vegetation index</source>
      <translation>sentinel-2, sen2chain, série temporelle, statistiques zonales, courbe, végétation, ndvi, masque de nuages, indice de végétation, extract</translation>
    </message>
    <message>
      <source>sentinel-2, sen2chain, time series, zonal statistics, export, table, csv, ndvi, cloud mask</source>
      <translation>sentinel-2, sen2chain, série temporelle, statistiques zonales, export, table, csv, ndvi, masque de nuages, time series</translation>
    </message>
    <message>
      <source>shadows</source>
      <translation>ombres</translation>
    </message>
    <message>
      <source>somebody else is changing the crontab; try again</source>
      <translation>quelqu’un d’autre est en train de modifier la crontab ; réessayez</translation>
    </message>
    <message>
      <source>something left to extract</source>
      <translation>reste à extraire</translation>
    </message>
    <message>
      <source>start, peak and end of seasons</source>
      <translation>début, maximum et fin des saisons</translation>
    </message>
    <message>
      <source>starts {range}</source>
      <translation>débute {range}</translation>
    </message>
    <message>
      <source>strict: clouds, shadows, cirrus</source>
      <translation>strict : nuages, ombres, cirrus</translation>
    </message>
    <message>
      <source>task {number} is there for {layer}, and in the job for {other}</source>
      <translation>la tâche {number} y est pour {layer}, et dans le travail pour {other}</translation>
    </message>
    <message>
      <source>task {number}: {error}</source>
      <translation>tâche {number} : {error}</translation>
    </message>
    <message>
      <source>the end-of-codestream marker is missing</source>
      <translation>le marqueur de fin de codestream manque</translation>
    </message>
    <message>
      <source>the extraction folder of the library</source>
      <translation>le dossier des extractions de la bibliothèque</translation>
    </message>
    <message>
      <source>the file ends in the middle of this line, or its line end is missing.</source>
      <translation>le fichier s’arrête au milieu de cette ligne, ou sa fin de ligne manque.</translation>
    </message>
    <message>
      <source>the geometry is cut</source>
      <translation>la géométrie est tronquée</translation>
    </message>
    <message>
      <source>the job has no task {number}</source>
      <translation>le travail n’a pas de tâche {number}</translation>
    </message>
    <message>
      <source>the library</source>
      <translation>la bibliothèque</translation>
    </message>
    <message>
      <source>the library of SEN2CHAIN_HOMEPATH, or of the home folder</source>
      <translation>la bibliothèque de SEN2CHAIN_HOMEPATH, ou du dossier personnel</translation>
    </message>
    <message>
      <source>the main header breaks off at byte {byte}</source>
      <translation>l’en-tête principal s’interrompt à l’octet {byte}</translation>
    </message>
    <message>
      <source>the mean of each zone</source>
      <translation>la moyenne de chaque zone</translation>
    </message>
    <message>
      <source>the means of {shown} of {zones} zones, evenly chosen</source>
      <translation>les moyennes de {shown} zones sur {zones}, choisies à intervalles réguliers</translation>
    </message>
    <message>
      <source>the name of a cloud mask such as CM001; several are separated by / or a comma</source>
      <translation>le nom d’un masque de nuages tel que CM001 ; plusieurs sont séparés par / ou une virgule</translation>
    </message>
    <message>
      <source>the numbers of the zones</source>
      <translation>les numéros des zones</translation>
    </message>
    <message>
      <source>the path of a folder or file (~ is the home folder; variables such as $HOME are not replaced)</source>
      <translation>le chemin d'un dossier ou d'un fichier (~ est le dossier personnel ; les variables telles que $HOME ne sont pas remplacées)</translation>
    </message>
    <message>
      <source>the scene classification has the classes 0 to {largest}</source>
      <translation>la classification de scène a les classes 0 à {largest}</translation>
    </message>
    <message>
      <source>the statistic that the wide table shows</source>
      <translation>la statistique que montre la table large</translation>
    </message>
    <message>
      <source>the table has no column {columns}.</source>
      <translation>le tableau n’a pas de colonne {columns}.</translation>
    </message>
    <message>
      <source>the tile-part at byte {byte} goes beyond the end</source>
      <translation>la partie de tuile (tile-part) à l’octet {byte} dépasse la fin</translation>
    </message>
    <message>
      <source>the time series folder of the library</source>
      <translation>le dossier des séries temporelles de la bibliothèque</translation>
    </message>
    <message>
      <source>there are zeros in its table</source>
      <translation>il y a des zéros dans sa table</translation>
    </message>
    <message>
      <source>there is a box of impossible size at byte {byte}</source>
      <translation>il y a une boîte (box) de taille impossible à l’octet {byte}</translation>
    </message>
    <message>
      <source>there is a hole of zeros at byte {byte}</source>
      <translation>il y a un trou de zéros à l’octet {byte}</translation>
    </message>
    <message>
      <source>there is a quote in the middle of a cell</source>
      <translation>il y a un guillemet au milieu d’une cellule</translation>
    </message>
    <message>
      <source>there is no such file</source>
      <translation>ce fichier n’existe pas</translation>
    </message>
    <message>
      <source>threshold: where the curve passes a part of the way from the low to the peak. derivative: where it is steepest.</source>
      <translation>threshold : là où la courbe franchit une certaine part de la montée du creux au pic. derivative : là où la pente est la plus forte.</translation>
    </message>
    <message>
      <source>tile</source>
      <translation>tuile</translation>
    </message>
    <message>
      <source>tiles</source>
      <translation>tuiles</translation>
    </message>
    <message>
      <source>timing</source>
      <translation>horaire</translation>
    </message>
    <message>
      <source>today</source>
      <translation>aujourd’hui</translation>
    </message>
    <message>
      <source>tomorrow</source>
      <translation>demain</translation>
    </message>
    <message>
      <source>unknown</source>
      <translation>inconnu</translation>
    </message>
    <message>
      <source>unknown column '{column}'; columns: {known}.</source>
      <translation>colonne inconnue : « {column} » ; colonnes : {known}.</translation>
    </message>
    <message>
      <source>unknown index '{value}'; indices: All or {known}, several separated by /.</source>
      <translation>indice inconnu : « {value} » ; indices : All ou {known}, plusieurs séparés par /.</translation>
    </message>
    <message>
      <source>unknown period '{value}'; periods: {known}, several separated by /.</source>
      <translation>période inconnue : « {value} » ; périodes : {known}, plusieurs séparées par /.</translation>
    </message>
    <message>
      <source>unusable geometry: {reason}</source>
      <translation>géométrie inutilisable : {reason}</translation>
    </message>
    <message>
      <source>up or down over the years</source>
      <translation>hausse ou baisse au fil des années</translation>
    </message>
    <message>
      <source>user@server:path, to copy the compiled files there through ssh after each run; the server must let this account in with a key. Empty: no copy.</source>
      <translation>utilisateur@serveur:chemin, pour y copier les fichiers compilés par ssh après chaque exécution ; le serveur doit laisser ce compte se connecter avec une clé. Vide : pas de copie.</translation>
    </message>
    <message>
      <source>vegetation vigour</source>
      <translation>vigueur de la végétation</translation>
    </message>
    <message>
      <source>vegetation vigour, dense canopies too</source>
      <translation>vigueur de la végétation, couverts denses compris</translation>
    </message>
    <message>
      <source>water in the vegetation</source>
      <translation>eau dans la végétation</translation>
    </message>
    <message>
      <source>week: from Monday (ISO). dekad: days 1 to 10, 11 to 20, 21 to the end of a month. season: three months from December, March, June, September on. tropical-season: November to April, May to October. days: so many days from an origin on.</source>
      <translation>week : à partir du lundi (ISO). dekad : jours 1 à 10, 11 à 20, 21 à la fin du mois. season : trois mois à partir de décembre, mars, juin, septembre. tropical-season : novembre à avril, mai à octobre. days : ce nombre de jours, à partir d’une origine.</translation>
    </message>
    <message>
      <source>when the computer starts</source>
      <translation>au démarrage de l’ordinateur</translation>
    </message>
    <message>
      <source>whittaker: stiff where there is little to see. savgol: Savitzky-Golay, needs scipy. linear: straight lines.</source>
      <translation>whittaker : raide là où il y a peu à voir. savgol : Savitzky-Golay, nécessite scipy. linear : lignes droites.</translation>
    </message>
    <message>
      <source>widened by {metres} m</source>
      <translation>élargi de {metres} m</translation>
    </message>
    <message>
      <source>yes or no (also true, false, on, off, 1, 0)</source>
      <translation>oui ou non (aussi true, false, on, off, 1, 0)</translation>
    </message>
    <message>
      <source>yesterday</source>
      <translation>hier</translation>
    </message>
    <message>
      <source>zone with rows</source>
      <translation>zone ayant des lignes</translation>
    </message>
    <message>
      <source>zone with rows, of {zones}</source>
      <translation>zone ayant des lignes, sur {zones}</translation>
    </message>
    <message>
      <source>zone {number}: {reason}</source>
      <translation>zone {number} : {reason}</translation>
    </message>
    <message>
      <source>zone {zone} reads back otherwise</source>
      <translation>la zone {zone}, relue, n’est pas identique à ce qui a été écrit</translation>
    </message>
    <message>
      <source>zones with rows</source>
      <translation>zones ayant des lignes</translation>
    </message>
    <message>
      <source>zones with rows, of {zones}</source>
      <translation>zones ayant des lignes, sur {zones}</translation>
    </message>
    <message>
      <source>{analysis} is not among the analyses</source>
      <translation>{analysis} ne fait pas partie des analyses</translation>
    </message>
    <message>
      <source>{column} is '{value}', neither True nor False.</source>
      <translation>{column} vaut « {value} », au lieu de True ou False.</translation>
    </message>
    <message>
      <source>{column} is '{value}', neither a date such as 2021-01-31, nor today, today-30 or empty.</source>
      <translation>{column} vaut « {value} », qui n’est ni une date telle que 2021-01-31, ni today, ni today-30, ni vide.</translation>
    </message>
    <message>
      <source>{day}, rasters: {number}</source>
      <translation>{day}, rasters : {number}</translation>
    </message>
    <message>
      <source>{day}: no valid pixel in any zone</source>
      <translation>{day} : aucun pixel valide dans aucune zone</translation>
    </message>
    <message>
      <source>{day}: {share} % of the zones' pixels seen, zones: {zones}</source>
      <translation>{day} : {share} % des pixels des zones vus, zones : {zones}</translation>
    </message>
    <message>
      <source>{file} failed: {reason}</source>
      <translation>Échec de {file} : {reason}</translation>
    </message>
    <message>
      <source>{file} is damaged ({reason}): the raw data are shown instead. Compile again.</source>
      <translation>{file} est endommagé ({reason}) : les données brutes sont affichées à la place. Compilez à nouveau.</translation>
    </message>
    <message>
      <source>{file} is damaged ({reason}); computed again.</source>
      <translation>{file} est endommagé ({reason}) ; recalculé.</translation>
    </message>
    <message>
      <source>{file} is not sorted by zone: a sorted copy of it is kept.</source>
      <translation>{file} n’est pas trié par zone : une copie triée en est gardée.</translation>
    </message>
    <message>
      <source>{file}, rows: {rows}</source>
      <translation>{file}, lignes : {rows}</translation>
    </message>
    <message>
      <source>{first} to {last}, one cell per month; rasters: {number}</source>
      <translation>De {first} à {last}, une case par mois ; rasters : {number}</translation>
    </message>
    <message>
      <source>{folder} has no rows for these indices, cloud masks and dates: nothing to show. Extracted there: {there}.</source>
      <translation>{folder} n’a aucune ligne pour ces indices, masques de nuages et dates : rien à montrer. Y sont extraits : {there}.</translation>
    </message>
    <message>
      <source>{folder} is locked: another run writes there (host {host}, process {pid}, since {since}). Wait until it ends; the lock of a run that was killed frees itself.</source>
      <translation>{folder} est verrouillé : une autre exécution y écrit (machine {host}, processus {pid}, depuis {since}). Attendez qu’elle se termine ; le verrou d’une exécution interrompue de force se libère tout seul.</translation>
    </message>
    <message>
      <source>{folder} is not an extraction folder: expected a folder named &lt;name&gt;_&lt;16 hex digits&gt; that holds raw_data, as made by Extract or by Sen2Chain.</source>
      <translation>{folder} n’est pas un dossier d’extraction : il faut un dossier nommé &lt;nom&gt;_&lt;16 chiffres hexadécimaux&gt; qui contient raw_data, tel que le créent Extraire ou Sen2Chain.</translation>
    </message>
    <message>
      <source>{folder} is not empty and no sample library: it holds {found}. Choose a new or an empty folder, or one that an earlier run made. Nothing was changed.</source>
      <translation>{folder} n’est ni vide ni une bibliothèque d’exemple : il contient {found}. Choisissez un dossier nouveau ou vide, ou créé par une exécution antérieure. Rien n’a été modifié.</translation>
    </message>
    <message>
      <source>{help} On the command line: {names}.</source>
      <translation>{help} En ligne de commande : {names}.</translation>
    </message>
    <message>
      <source>{index} needs band {band}, and {safe} holds no {pattern}. Download the whole product.</source>
      <translation>{index} nécessite la bande {band}, et {safe} ne contient aucun {pattern}. Téléchargez le produit entier.</translation>
    </message>
    <message>
      <source>{index} {mask}, raw files: {number}.</source>
      <translation>{index} {mask}, fichiers bruts : {number}.</translation>
    </message>
    <message>
      <source>{index} {mask}, rows: {rows}, files: {files}.</source>
      <translation>{index} {mask}, lignes : {rows}, fichiers : {files}.</translation>
    </message>
    <message>
      <source>{index} {mask}, zones: {zones}, rows: {rows}, pictures: {files}.</source>
      <translation>{index} {mask}, zones : {zones}, lignes : {rows}, images : {files}.</translation>
    </message>
    <message>
      <source>{index} {mask}: from the raw data.</source>
      <translation>{index} {mask} : à partir des données brutes.</translation>
    </message>
    <message>
      <source>{index} {mask}: from {file}.</source>
      <translation>{index} {mask} : à partir de {file}.</translation>
    </message>
    <message>
      <source>{index} {mask}: no date on which a zone has all its pixels, so no -nonan picture.</source>
      <translation>{index} {mask} : aucune date où une zone a tous ses pixels, donc pas d’image -nonan.</translation>
    </message>
    <message>
      <source>{index} {mask}: no raw data here, skipped.</source>
      <translation>{index} {mask} : pas de données brutes ici, ignoré.</translation>
    </message>
    <message>
      <source>{index} {mask}: no rows from {first} to {last}.</source>
      <translation>{index} {mask} : aucune ligne du {first} au {last}.</translation>
    </message>
    <message>
      <source>{index} {mask}: no rows, skipped.</source>
      <translation>{index} {mask} : aucune ligne, ignoré.</translation>
    </message>
    <message>
      <source>{index} {mask}: not smoothed, because they have fewer than {window_length} dates: zones {zones}.</source>
      <translation>{index} {mask} : zones non lissées, car elles ont moins de {window_length} dates : {zones}.</translation>
    </message>
    <message>
      <source>{index} {mask}: the pictures of details show {shown} of {zones} zones, evenly chosen.</source>
      <translation>{index} {mask} : les images de détail montrent {shown} zones sur {zones}, choisies à intervalles réguliers.</translation>
    </message>
    <message>
      <source>{index} {mask}: {remark}</source>
      <translation>{index} {mask} : {remark}</translation>
    </message>
    <message>
      <source>{index} {mask}: {zones} of {all} zones have a series, {dates} dates, median {clear} clear.</source>
      <translation>{index} {mask} : {zones} zones sur {all} ont une série, {dates} dates, dont {clear} dégagées (médiane).</translation>
    </message>
    <message>
      <source>{index} {mean}, quartiles {percentile_25} to {percentile_75}</source>
      <translation>{index} {mean}, quartiles de {percentile_25} à {percentile_75}</translation>
    </message>
    <message>
      <source>{index}: no raw data here, skipped.</source>
      <translation>{index} : pas de données brutes ici, ignoré.</translation>
    </message>
    <message>
      <source>{key} is '{value}', not a whole number from 0 to 9999.</source>
      <translation>{key} vaut « {value} », qui n’est pas un nombre entier de 0 à 9999.</translation>
    </message>
    <message>
      <source>{key} is there twice</source>
      <translation>{key} figure deux fois</translation>
    </message>
    <message>
      <source>{layer} cannot be opened as a vector layer: it was moved or removed, or its disk is not there.</source>
      <translation>Impossible d’ouvrir {layer} comme couche vecteur : elle a été déplacée ou supprimée, ou son disque est absent.</translation>
    </message>
    <message>
      <source>{layer} has no coordinate reference system that leads to the tiles: {crs} is a local one, or of another planet. Set the one that its coordinates are in, in the properties of the layer.</source>
      <translation>{layer} n’a pas de système de coordonnées de référence (SCR) qui mène aux tuiles : {crs} est local, ou d’une autre planète. Définissez celui de ses coordonnées dans les propriétés de la couche.</translation>
    </message>
    <message>
      <source>{layer} has no coordinate reference system. Set it in the properties of the layer.</source>
      <translation>{layer} n’a pas de système de coordonnées de référence (SCR). Définissez-le dans les propriétés de la couche.</translation>
    </message>
    <message>
      <source>{layer} has no usable geometry: nothing to extract. Check the layer, its selection and its filter.</source>
      <translation>{layer} n’a aucune géométrie utilisable : rien à extraire. Vérifiez la couche, sa sélection et son filtre.</translation>
    </message>
    <message>
      <source>{layer} has {kind}, which cover no share of a pixel: PIXELS = fraction needs polygons. Choose centre or touched, or make polygons of them with a BUFFER of some metres.</source>
      <translation>{layer} contient des {kind}, qui ne couvrent aucune part d’un pixel : PIXELS = fraction nécessite des polygones. Choisissez centre ou touched, ou faites-en des polygones avec un BUFFER de quelques mètres.</translation>
    </message>
    <message>
      <source>{layer} holds the rows of an extraction, not its zones: each of its {number} rows would become a zone. Use it all the same?</source>
      <translation>{layer} contient les lignes d’une extraction, non ses zones : chacune de ses {number} lignes deviendrait une zone. L’utiliser quand même ?</translation>
    </message>
    <message>
      <source>{layer} is a temporary layer: it is empty when the project is opened again. To keep it, choose Make Permanent from its context menu, or run again with a file for the table.</source>
      <translation>{layer} est une couche temporaire : elle est vide quand le projet est rouvert. Pour la garder, choisissez Rendre permanent dans son menu contextuel, ou relancez en donnant un fichier pour la table.</translation>
    </message>
    <message>
      <source>{layer} is as it was when it was last extracted: it is not read again.</source>
      <translation>{layer} est telle que lors de la dernière extraction : elle n\'est pas relue.</translation>
    </message>
    <message>
      <source>{layer} is of the type {kind}, not a layer of points, lines or polygons. Choose another layer; collections can be split with 'Multipart to singleparts'.</source>
      <translation>{layer} est de type {kind} : ce n’est pas une couche de points, lignes ou polygones. Choisissez une autre couche ; les collections se séparent avec « De morceaux multiples à morceaux uniques ».</translation>
    </message>
    <message>
      <source>{layer} mixes points, lines and polygons (zones {first} and {second} differ). Split it by geometry type, and run once for each.</source>
      <translation>{layer} mélange des points, des lignes et des polygones (les zones {first} et {second} diffèrent). Séparez-la par type de géométrie, et exécutez une fois pour chacun.</translation>
    </message>
    <message>
      <source>{layer}: the geometry of zone {zone} (feature {feature}) is invalid. Repair it with 'Fix geometries', or set Processing to skip invalid features.</source>
      <translation>{layer} : la géométrie de la zone {zone} (entité {feature}) est invalide. Réparez-la avec « Réparer les géométries », ou réglez les options de Traitement pour ignorer les entités invalides.</translation>
    </message>
    <message>
      <source>{layer}: the way from its CRS to EPSG:{epsg} is accurate to {metres} m: zones may be off so far. It is the one that PROJ takes for this place.</source>
      <translation>{layer} : le passage de son SCR à EPSG:{epsg} est exact à {metres} m : les zones peuvent être décalées d’autant. C’est celui que PROJ choisit pour ce lieu.</translation>
    </message>
    <message>
      <source>{library} has no product of {indices}. Indices found there: {there}.</source>
      <translation>{library} n’a aucun produit de {indices}. Indices présents : {there}.</translation>
    </message>
    <message>
      <source>{library} has no product of {indices}: there is nothing to extract of it.</source>
      <translation>{library} n’a aucun produit de {indices} : il n’y a rien à en extraire.</translation>
    </message>
    <message>
      <source>{low} to {high}</source>
      <translation>{low} à {high}</translation>
    </message>
    <message>
      <source>{low} to {high} or {first} to {last}</source>
      <translation>{low} à {high} ou {first} à {last}</translation>
    </message>
    <message>
      <source>{mask} is always applied while reading, without -VRT</source>
      <translation>{mask} est toujours appliqué à la lecture, sans -VRT</translation>
    </message>
    <message>
      <source>{mask}, products with rows: {number}</source>
      <translation>{mask}, produits avec lignes : {number}</translation>
    </message>
    <message>
      <source>{name} (copy)</source>
      <translation>{name} (copie)</translation>
    </message>
    <message>
      <source>{name} is '{value}'. Give {wanted}.</source>
      <translation>{name} vaut « {value} » ; attendu : {wanted}.</translation>
    </message>
    <message>
      <source>{name} is being extracted.
The curves appear here, and grow.</source>
      <translation>{name} est en cours d’extraction.
Les courbes apparaissent ici, et grandissent.</translation>
    </message>
    <message>
      <source>{name} is missing: give {expected}.</source>
      <translation>{name} manque ; attendu : {expected}.</translation>
    </message>
    <message>
      <source>{name} is no parameter of {title}: its value is left out. The parameters are {names}.</source>
      <translation>{name} n’est pas un paramètre de {title} : sa valeur est ignorée. Les paramètres sont {names}.</translation>
    </message>
    <message>
      <source>{name} is {value}, not {expected}.</source>
      <translation>{name} vaut {value} ; attendu : {expected}.</translation>
    </message>
    <message>
      <source>{name} is {value}; it has to be a whole number from {low} to {high}.</source>
      <translation>{name} vaut {value} ; il faut un nombre entier de {low} à {high}.</translation>
    </message>
    <message>
      <source>{name} is {value}; it takes numbers {range}.</source>
      <translation>{name} vaut {value} ; nombres admis : {range}.</translation>
    </message>
    <message>
      <source>{name}, inventory</source>
      <translation>{name}, inventaire</translation>
    </message>
    <message>
      <source>{name}, zones</source>
      <translation>{name}, zones</translation>
    </message>
    <message>
      <source>{name}: a table holds observations</source>
      <translation>{name} : un tableau contient des observations</translation>
    </message>
    <message>
      <source>{name}: {problem}</source>
      <translation>{name} : {problem}</translation>
    </message>
    <message>
      <source>{number} acquisitions from {first} to {last}.</source>
      <translation>{number} acquisitions, du {first} au {last}.</translation>
    </message>
    <message>
      <source>{number} left to extract</source>
      <translation>reste à extraire : {number}</translation>
    </message>
    <message>
      <source>{number} of {all} zones vanish.</source>
      <translation>{number} zones sur {all} disparaissent.</translation>
    </message>
    <message>
      <source>{number} products</source>
      <translation>{number} produits</translation>
    </message>
    <message>
      <source>{number}: commented, not run</source>
      <translation>{number} : en commentaire, non exécutée</translation>
    </message>
    <message>
      <source>{n} zones</source>
      <translation>{n} zones</translation>
    </message>
    <message>
      <source>{option}: '{value}' is not possible; it is {allowed}.</source>
      <translation>{option} : « {value} » n’est pas possible ; valeurs admises : {allowed}.</translation>
    </message>
    <message>
      <source>{outcome}, {number} new</source>
      <translation>{outcome}, {number} nouveaux</translation>
    </message>
    <message>
      <source>{path} cannot be read on: {reason}. Run this again when no other program writes to the extraction.</source>
      <translation>La suite de {path} est illisible : {reason}. Relancez quand aucun autre programme n’écrit dans l’extraction.</translation>
    </message>
    <message>
      <source>{path} changed while it was read. The next run looks at it again.</source>
      <translation>{path} a changé pendant sa lecture. La prochaine exécution l’examinera à nouveau.</translation>
    </message>
    <message>
      <source>{path} does not agree with the name of its product, {product}: {reason}. What to add to its values is not certain. Download the product again, and do not rename it.</source>
      <translation>{path} ne concorde pas avec le nom de son produit, {product} : {reason}. Ce qu’il faut ajouter à ses valeurs n’est pas certain. Téléchargez le produit à nouveau, et ne le renommez pas.</translation>
    </message>
    <message>
      <source>{path} does not fit its product or tile: {reason}. Make this product again with Sen2Chain.</source>
      <translation>{path} ne correspond pas à son produit ou à sa tuile : {reason}. Produisez-le à nouveau avec Sen2Chain.</translation>
    </message>
    <message>
      <source>{path} ends before its table of tasks; it may be cut. Expected a line {columns}. Nothing was run.</source>
      <translation>{path} se termine avant son tableau de tâches ; il est peut-être tronqué. Attendu : une ligne {columns}. Rien n’a été exécuté.</translation>
    </message>
    <message>
      <source>{path} has no line '{key} = …'; it may be cut. Nothing was run.</source>
      <translation>{path} n’a pas de ligne « {key} = … » ; il est peut-être tronqué. Rien n’a été exécuté.</translation>
    </message>
    <message>
      <source>{path} is damaged or still being copied: {reason}. Copy it again; the next run looks at it again.</source>
      <translation>{path} est endommagé ou encore en cours de copie : {reason}. Copiez-le à nouveau ; la prochaine exécution l’examinera à nouveau.</translation>
    </message>
    <message>
      <source>{path} is damaged: {reason}. Delete it and run Extract again; it writes this file again.</source>
      <translation>{path} est endommagé : {reason}. Supprimez-le et relancez Extraire, qui réécrira ce fichier.</translation>
    </message>
    <message>
      <source>{path} is damaged: {reason}. Delete it and run the algorithm Smooth (sen2chain_ts:smooth) again.</source>
      <translation>{path} est endommagé : {reason}. Supprimez-le et relancez l’algorithme Lisser (sen2chain_ts:smooth).</translation>
    </message>
    <message>
      <source>{path} is neither UTF-8 nor Latin-1 text. Save it as UTF-8. Nothing was run.</source>
      <translation>{path} n’est un texte ni en UTF-8 ni en Latin-1. Enregistrez-le en UTF-8. Rien n’a été exécuté.</translation>
    </message>
    <message>
      <source>{path} is not there. Run Compile on this extraction first, with these indices and cloud masks.</source>
      <translation>{path} n’existe pas. Lancez d’abord Compiler sur cette extraction, avec ces indices et ces masques de nuages.</translation>
    </message>
    <message>
      <source>{path} is not there. Run the algorithm Smooth (sen2chain_ts:smooth) on this extraction first.</source>
      <translation>{path} n’existe pas. Lancez d’abord l’algorithme Lisser (sen2chain_ts:smooth) sur cette extraction.</translation>
    </message>
    <message>
      <source>{path} is of an earlier run: it stays as it is.</source>
      <translation>{path} vient d’une exécution précédente : il reste tel quel.</translation>
    </message>
    <message>
      <source>{path} is open in another program: it stays as it was. Close it there and run again.</source>
      <translation>{path} est ouvert dans un autre programme : il reste tel quel. Fermez-le et relancez.</translation>
    </message>
    <message>
      <source>{path} is passed over: the folder of a product is called &lt;product&gt;.SAFE. Rename it, once it is complete.</source>
      <translation>{path} est ignoré : le dossier d’un produit s’appelle &lt;produit&gt;.SAFE. Renommez-le, une fois qu’il est complet.</translation>
    </message>
    <message>
      <source>{path} is zipped: unpack it, so that it becomes a folder &lt;product&gt;.SAFE.</source>
      <translation>{path} est compressé (zip) : décompressez-le, pour qu’il devienne un dossier &lt;produit&gt;.SAFE.</translation>
    </message>
    <message>
      <source>{path} no longer has rows, but was changed by others: it stays.</source>
      <translation>{path} n’a plus de ligne, mais a été modifié par d’autres : il reste.</translation>
    </message>
    <message>
      <source>{path}, line {line}: {problem} Nothing was run; correct that line.</source>
      <translation>{path}, ligne {line} : {problem} Rien n’a été exécuté ; corrigez cette ligne.</translation>
    </message>
    <message>
      <source>{path}: the name says no tile (_T&lt;tile&gt;), as of products before December 2016. Download a later processing of this acquisition.</source>
      <translation>{path} : le nom n’indique pas de tuile (_T&lt;tuile&gt;), comme pour les produits antérieurs à décembre 2016. Téléchargez un traitement plus récent de cette acquisition.</translation>
    </message>
    <message>
      <source>{path}: {reason}. Nothing was run. Save the tasks of the job again with 'Save a job', or correct this file, which says which pixels they take.</source>
      <translation>{path} : {reason}. Rien n’a été exécuté. Enregistrez à nouveau les tâches du travail avec « Enregistrer un travail », ou corrigez ce fichier, qui indique quels pixels elles prennent.</translation>
    </message>
    <message>
      <source>{place}: '{key}' is not a known key</source>
      <translation>{place} : « {key} » n’est pas une clé connue</translation>
    </message>
    <message>
      <source>{place}: {error}</source>
      <translation>{place} : {error}</translation>
    </message>
    <message>
      <source>{place}: {key} cannot be '{value}'</source>
      <translation>{place} : {key} ne peut pas valoir « {value} »</translation>
    </message>
    <message>
      <source>{problem} Cloud masks in {place}: {there}.</source>
      <translation>{problem} Masques de nuages dans {place} : {there}.</translation>
    </message>
    <message>
      <source>{program} ended with code {code}</source>
      <translation>{program} s’est terminé avec le code {code}</translation>
    </message>
    <message>
      <source>{program} refused: {reason}. The schedule is as it was.</source>
      <translation>{program} a refusé la demande : {reason}. La planification n’a pas changé.</translation>
    </message>
    <message>
      <source>{range} per year</source>
      <translation>{range} par an</translation>
    </message>
    <message>
      <source>{safe} cannot be used: {reason}.</source>
      <translation>{safe} est inutilisable : {reason}.</translation>
    </message>
    <message>
      <source>{share} clear</source>
      <translation>{share} dégagé</translation>
    </message>
    <message>
      <source>{shown} of {zones} zones, evenly chosen.</source>
      <translation>{shown} zones sur {zones}, choisies à intervalles réguliers.</translation>
    </message>
    <message>
      <source>{tile} {index} {mask}, products: {products}, {first} to {last}</source>
      <translation>{tile} {index} {mask}, produits : {products}, du {first} au {last}</translation>
    </message>
    <message>
      <source>{tile} {index} {mask}, products: {products}, {first} to {last}; {done} already done, {left} to do</source>
      <translation>{tile} {index} {mask}, produits : {products}, du {first} au {last} ; déjà faits : {done}, à faire : {left}</translation>
    </message>
    <message>
      <source>{zones}, anomaly of {index}</source>
      <translation>{zones}, anomalie de {index}</translation>
    </message>
    <message>
      <source>{zones}, mean {index}</source>
      <translation>{zones}, moyenne {index}</translation>
    </message>
    <message>
      <source>{zones}, no rows</source>
      <translation>{zones}, aucune ligne</translation>
    </message>
    <message>
      <source>{zones}, seasons of {index}</source>
      <translation>{zones}, saisons de {index}</translation>
    </message>
    <message>
      <source>{zones}, trend of {index}</source>
      <translation>{zones}, tendance de {index}</translation>
    </message>
    <message>
      <source>{zones}, {index} by period</source>
      <translation>{zones}, {index} par période</translation>
    </message>
    <message>
      <source>{zones}, {index} smoothed</source>
      <translation>{zones}, {index} lissé</translation>
    </message>
    <message>
      <source>{zones}: no observation of {index} with this cloud mask.
Hidden by clouds on every date, or outside of the tiles.</source>
      <translation>{zones} : aucune observation de {index} avec ce masque de nuages.
Cachée par les nuages à chaque date, ou hors des tuiles.</translation>
    </message>
    <message>
      <source>{zone}, dates: {dates}, mean {mean}, {seen} % of its pixels seen</source>
      <translation>{zone}, dates : {dates}, moyenne {mean}, {seen} % de ses pixels vus</translation>
    </message>
  </context>
</TS>
